/** Refusals: what callers may not ask of a stage, as sentences. Kernels trust their numbers, so these come first. */
import type { Shape } from '../network/layers/layer.ts';
import {
  countParameters,
  inputShape,
  inputSize,
  levelSizes,
  outputShape,
  outputSize,
} from '../network/layers/layers.ts';
import { MIXTURE, type Batches, type ImageSource, type Split, type StageSpec } from './contract.ts';
import {
  aimsAtImages,
  ANY_CLASS,
  batchesOf,
  classesOf,
  fixedOf,
  imagesOf,
  objectiveWidth,
  sourceWidth,
  tableOf,
} from './ends.ts';
import { EngineError } from './errors.ts';

/** A value read as `expected` must have that length. */
export function checkLength(what: string, found: number, expected: number): void {
  if (found !== expected) throw new EngineError(`Expected ${expected} ${what}, found ${found}.`);
}

/** The same of a shape, whose dimensions have to be the same ones. */
function checkShape(what: string, found: Shape, expected: Shape): void {
  const [has, wants] = [found.join(' × '), expected.join(' × ')];
  if (has !== wants) throw new EngineError(`Expected ${wants} ${what}, found ${has}.`);
}

export function checkSpec(spec: StageSpec): void {
  const { layers, source, objective, batch } = spec;
  if (layers.length === 0) throw new EngineError('A stage needs at least one layer, but found none.');
  layers.forEach((layer, index) => {
    const [inputs, outputs] = levelSizes([layer]);
    for (const [name, value] of Object.entries({ inputs, outputs })) {
      if (!Number.isInteger(value) || value < 1) {
        throw new EngineError(
          `Layer ${index + 1} has ${value} ${name}; it needs a whole number of at least 1.`,
        );
      }
    }
    if (index > 0)
      checkShape(`inputs of layer ${index + 1}`, inputShape([layer]), outputShape([layers[index - 1]]));
  });
  const owned = spec.training === 'gathered' ? 0 : countParameters(layers);
  checkLength('parameters for these layers', spec.parameters.length, owned);
  for (const [name, value] of Object.entries({ batch, 'in flight': spec.inFlight ?? 1 })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new EngineError(
        `The number of samples (${name}) must be a whole number of at least 1, found ${value}.`,
      );
    }
  }
  checkLength('numbers a sample for the first layer', sourceWidth(source), inputSize(layers));
  if (source.kind === 'activations')
    checkShape('numbers a sample for the first layer', source.shape, inputShape(layers));
  if (objective) checkLength(...objectiveWidth(objective), outputSize(layers));
  if (spec.classWeights && objective?.kind === 'fixed' && !objective.fixed.table)
    throw new EngineError('What aims at the answers of fixed layers knows no classes to weigh.');
  if (spec.classWeights) checkLength('class weights', spec.classWeights.length, targetClasses(spec));
  for (const end of [source, objective]) {
    const table = end && tableOf(end);
    if (table) checkLength('numbers in a label table', table.values.length, table.classes * table.width);
    const fixed = end && fixedOf(end);
    if (fixed) {
      const expected = countParameters(fixed.layers);
      checkLength('parameters for these fixed layers', fixed.parameters.length, expected);
      if (table) checkLength('numbers in a label over fixed layers', table.width, outputSize(fixed.layers));
    }
  }
  if (source.kind === 'fixed') {
    checkLength('pixels for the first fixed layer', source.pixels, inputSize(source.fixed.layers));
    if (spec.training !== 'local')
      throw new EngineError('Only a stage that trains alone makes its input by fixed layers.');
    if (source.swap && !source.fixed.table)
      throw new EngineError('There are no class vectors over these fixed layers that could be swapped.');
  }
  if (objective?.kind === 'fixed')
    checkLength(
      'numbers a sample for the fixed layers',
      (aimsAtImages(spec) && imagesOf(source)?.pixels) || inputSize(layers),
      inputSize(objective.fixed.layers),
    );
}

export const NOT_GATHERED =
  'This stage has no parameters at the moment: gather some before using it, for the backward pass too where it is one.';

/** Refuses gathered parameters for a stage that has its own, and a wrong number of them. */
export function checkGathered({ training, layers }: StageSpec, values: Float32Array): void {
  if (training !== 'gathered')
    throw new EngineError('A stage with parameters of its own cannot hold gathered ones.');
  checkLength('parameters for these layers', values.length, countParameters(layers));
}

/** Refuses to release what was never gathered. */
export function checkReleases({ training }: StageSpec): void {
  if (training !== 'gathered') throw new EngineError('Only what was gathered can be released.');
}

/** Refuses a forward pass for which there is no room, or that is under way already. */
export function checkStarts(
  { inFlight = 1 }: StageSpec,
  microBatch: number,
  flying: ReadonlyMap<number, unknown>,
): void {
  if (flying.has(microBatch) || microBatch >= inFlight)
    throw new EngineError(
      `Micro-batch ${microBatch} cannot start: at most ${inFlight} may be in flight, each once.`,
    );
}

/** What was kept of a forward pass. @throws EngineError where there was none. */
export function passOf<T>(flying: ReadonlyMap<number, T>, microBatch: number): T {
  const pass = flying.get(microBatch);
  if (pass === undefined)
    throw new EngineError(`Micro-batch ${microBatch} has no forward pass to go back through.`);
  return pass;
}

/** What was loaded of a split. @throws EngineError where that is nothing. */
export function loadedOf<T>(splits: ReadonlyMap<Split, T>, name: Split): T {
  const split = splits.get(name);
  if (!split) throw new EngineError(`The ${name} images are not on this device: load them first.`);
  return split;
}

/** Refuses a look that the stage cannot have, or that would disturb its training. */
export function checkLook(
  { training, objective, batch }: StageSpec,
  count: number,
  inFlight: number,
  gradients: boolean,
): void {
  if (training !== 'exchange')
    throw new EngineError('Only a stage that exchanges tensors and owns its parameters can be looked into.');
  if (inFlight > 0) throw new EngineError('A look would overwrite a micro-batch in flight; finish it first.');
  if (count > batch) throw new EngineError(`A look at ${count} samples is more than this stage's ${batch}.`);
  if (gradients && !objective)
    throw new EngineError('This stage has no objective, so it has no loss to take gradients of.');
}

/** Refuses what only a stage with an optimizer of its own can do. */
export function checkOwn({ training }: StageSpec): void {
  if (training === 'gathered')
    throw new EngineError('A stage whose parameters are gathered has no optimizer.');
}

/** Classes a target may name: those of the objective, and of the vectors that the stage is shown. */
export function targetClasses({ source, objective }: StageSpec): number {
  const shown = source.kind === 'fixed' ? source.fixed.table?.classes : undefined;
  return Math.min(shown ?? ANY_CLASS, objective ? classesOf(objective) : ANY_CLASS);
}

/** Every entry is below `limit`. */
export function checkBelow(what: string, values: ArrayLike<number>, limit: number): void {
  for (let i = 0; i < values.length; i++) {
    if (values[i] >= limit) {
      throw new EngineError(`${what} must be below ${limit}, but entry ${i} is ${values[i]}.`);
    }
  }
}

/** Checks one request to train; returns how many samples it has. */
export function checkBatches(
  spec: StageSpec,
  batches: Batches,
  learningRates: number,
  loaded: number,
): number {
  const { source, batch } = spec;
  if (batchesOf(source) !== batches.kind) {
    throw new EngineError(`A stage fed by ${source.kind} cannot train on batches of ${batches.kind}.`);
  }
  const samples = batches.kind === 'images' ? batches.order.length : batches.targets.length;
  const steps = Math.ceil(samples / batch);
  if (steps !== learningRates) {
    throw new EngineError(
      `${samples} samples make ${steps} batches of ${batch}, but ${learningRates} learning rates were given.`,
    );
  }
  if (batches.kind === 'images') {
    checkBelow('Image numbers', batches.order, loaded);
  } else if (source.kind === 'labels') {
    checkLength('classes to mix', batches.classes.length, samples * MIXTURE);
    checkLength('weights of a mixture', batches.weights.length, samples * MIXTURE);
    const used = batches.classes.filter((_, slot) => batches.weights[slot] !== 0);
    checkBelow('Classes to mix', used, source.table.classes);
    checkBelow('Target classes', batches.targets, targetClasses(spec));
  }
  return samples;
}

/** How a stage reads images. @throws EngineError where it has no use for any. */
export function checkReadsImages({ source }: StageSpec): ImageSource {
  const images = imagesOf(source);
  if (!images) throw new EngineError(`A stage fed by ${source.kind} has no use for images.`);
  return images;
}
