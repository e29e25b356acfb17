import {
  aimsAtImages,
  countsWhileTraining,
  fixedLevels,
  fixedOf,
  imagesOf,
  tableOf,
  wantsInputGradient,
} from '../ends.ts';
import * as tf from '@tensorflow/tfjs-core';
import { OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { countParameters, inputSize, levelSizes, outputSize } from '../../network/layers/layers.ts';
import { checkBatches, checkGathered, checkLength, checkLook, checkOwn, NOT_GATHERED } from '../checks.ts';
import type {
  Batches,
  LocalResult,
  LocalTraining,
  OptimizerState,
  Split,
  Stage,
  StageInput,
  StageSpec,
} from '../contract.ts';
import { EngineError } from '../errors.ts';
import { normsByLayer } from '../norms.ts';
import { shownClass } from '../swap.ts';
import { Fixed, placedTable } from './fixed.ts';
import { FlatTensors } from './flat.ts';
import { countOf, mixLabels, noisy, slice, Splits } from './inputs.ts';
import { tfjsLayer } from './layers/registry.ts';
import { displace, lossOf, place, type Loss, type PlacedObjective, type Wanted } from './losses.ts';
import { readScore, scoreTensor } from './scores.ts';
import { Constants, stepScalars, updated, type StepScalars } from './optimizer.ts';
import { tidy, type Scope } from './scope.ts';

/** Steps submitted before their losses are read: bounds the upload buffers that wait on the device. */
const STEPS_IN_FLIGHT = 8;
/** Samples of one inference chunk, at least. */
const INFERENCE_CHUNK = 256;

/** What `backward` needs of a forward pass: every layer's output, the input first. */
interface Pass {
  readonly outputs: readonly tf.Tensor2D[];
  readonly targets: Uint8Array | null;
  readonly release: () => void;
}

/** A stage's input, and what aims are made of: the images where it was made of those, null where they are not at hand. */
interface Input {
  readonly x: tf.Tensor2D;
  readonly seen: tf.Tensor2D | null;
}

/** A stage in TensorFlow.js operations, with explicit forward and backward passes. */
export class TfjsStage implements Stage {
  readonly spec: StageSpec;
  private readonly scope: Scope;
  /** Null while a gathered stage has none. */
  private own: FlatTensors | null;
  private readonly moments: FlatTensors[];
  private gradients: FlatTensors | null;
  private readonly constants: Constants;
  private readonly objective: PlacedObjective | null;
  private readonly sourceTable: tf.Tensor2D | null;
  /** What images go through before the first layer. */
  private readonly front: Fixed | null;
  private readonly splits: Splits;
  private readonly passes = new Map<number, Pass>();
  private readonly releases: (() => void)[];
  /** What `holdGathered` entered into the ledger. */
  private gathered: (() => void)[] = [];
  private steps = 0;
  private disposed = false;

  constructor(spec: StageSpec, scope: Scope) {
    this.spec = spec;
    this.scope = scope;
    const { ledger } = scope;
    const { layers, source, objective } = spec;
    const owned = spec.training !== 'gathered';
    const bytes = owned ? 4 * countParameters(layers) : 0;
    const moments = owned ? OPTIMIZERS[spec.optimizer].moments : 0;
    this.splits = new Splits(spec, ledger);
    scope.enter();
    this.own = owned ? new FlatTensors(layers, spec.parameters) : null;
    this.moments = Array.from({ length: moments }, () => new FlatTensors(layers));
    this.gradients = spec.training === 'exchange' ? new FlatTensors(layers) : null;
    this.constants = new Constants(spec.optimizer);
    this.sourceTable = source.kind === 'labels' ? placedTable(source.table) : null;
    this.objective = objective && place(objective, this.constants);
    const front = fixedOf(source);
    this.front = front && new Fixed(front, this.constants);
    this.releases = [
      ledger.allocate('parameters', bytes),
      ledger.allocate('optimizer', bytes * moments),
      ledger.allocate('gradients', this.gradients ? bytes : 0),
      ledger.allocate('workspace', this.constants.bytes),
    ];
    for (const end of [source, objective]) {
      const table = end && tableOf(end);
      if (table) this.releases.push(ledger.allocate('labels', 4 * table.classes * table.width));
      const fixed = end && fixedOf(end);
      if (fixed) this.releases.push(ledger.allocate('labels', fixed.parameters.byteLength));
    }
  }

  async load(split: Split, images: Uint8Array, labels: Uint8Array): Promise<void> {
    this.splits.load(split, images, labels);
  }

  async train({ batches, learningRates }: LocalTraining): Promise<LocalResult> {
    const { batch, source } = this.spec;
    if (this.spec.training !== 'local') {
      throw new EngineError('A stage that exchanges tensors does not train alone.');
    }
    const loaded = imagesOf(source) ? this.splits.held('train').labels.length : 0;
    const samples = checkBatches(this.spec, batches, learningRates.length, loaded);
    const losses = new Float32Array(learningRates.length);
    const correct = new Uint32Array(learningRates.length);
    for (let first = 0; first < learningRates.length; first += STEPS_IN_FLIGHT) {
      const last = Math.min(first + STEPS_IN_FLIGHT, learningRates.length);
      const results: tf.Tensor1D[] = [];
      for (let step = first; step < last; step++) {
        const from = step * batch;
        const to = Math.min(from + batch, samples);
        const result = this.pass(to - from, (sample) => {
          if (batches.kind === 'images') {
            const order = batches.order.subarray(from, to);
            const targets = this.splits.targets('train', order);
            return this.step(this.trainedOn(order, targets), targets, learningRates[step], sample);
          }
          const targets = batches.targets.subarray(from, to);
          const x = this.mix(batches, from, to);
          return this.step({ x, seen: x }, targets, learningRates[step], sample);
        });
        results.push(result);
      }
      const read = this.scope.run(() => tf.concat(results));
      tf.dispose(results);
      const values = await read.data<'float32'>();
      read.dispose();
      for (let step = first; step < last; step++) {
        losses[step] = values[2 * (step - first)];
        correct[step] = values[2 * (step - first) + 1];
      }
    }
    return { losses, correct };
  }

  async forward(microBatch: number, input: StageInput, want: { output?: boolean } = {}) {
    const inFlight = this.spec.inFlight ?? 1;
    if (this.passes.has(microBatch) || microBatch >= inFlight) {
      throw new EngineError(
        `Micro-batch ${microBatch} cannot start: at most ${inFlight} may be in flight, each once.`,
      );
    }
    const count = countOf(input);
    if (!this.own) throw new EngineError(NOT_GATHERED);
    const release = this.scope.ledger.allocate('activations', this.activationBytes(count));
    const { result, score } = this.scope.run(() => {
      const { x, targets } = this.read(input);
      const outputs = this.outputs(x);
      outputs.forEach((output) => tf.keep(output));
      this.passes.set(microBatch, { outputs, targets, release });
      const y = outputs[outputs.length - 1];
      return {
        result: !this.objective || want.output ? y : null,
        score: this.objective && scoreTensor(this.loss(outputs, x, targets, { correct: true })),
      };
    }, this.activationBytes(count));
    return {
      ...(result ? { output: Float32Array.from(await result.data<'float32'>()) } : {}),
      ...(score ? { score: await readScore([score], count) } : {}),
    };
  }

  async backward(microBatch: number, options: { gradient?: Float32Array; divisor: number }) {
    const { layers, source } = this.spec;
    const pass = this.passes.get(microBatch);
    if (!pass) throw new EngineError(`Micro-batch ${microBatch} has no forward pass to go back through.`);
    if (this.spec.training === 'local')
      throw new EngineError('A stage that trains locally has no gradients to add to.');
    if (!this.gradients) throw new EngineError(NOT_GATHERED);
    if (!this.objective && !options.gradient) {
      throw new EngineError('A stage without an objective needs the gradient of its output.');
    }
    this.passes.delete(microBatch);
    const { outputs, targets } = pass;
    const y = outputs[outputs.length - 1];
    const input = this.scope.run((sample) => {
      const dy = this.objective
        ? this.loss(outputs, outputs[0], targets, { divisor: options.divisor }).gradient!
        : tf.tensor2d(options.gradient!, y.shape);
      return this.backpropagate(outputs, dy, wantsInputGradient(source), sample, (index, gradient) =>
        this.gradients!.replace(index, tf.add(this.gradients!.at(index), gradient)),
      );
    });
    tf.dispose(outputs as tf.Tensor2D[]);
    pass.release();
    if (!input) return null;
    const values = Float32Array.from(await input.data<'float32'>());
    input.dispose();
    return values.subarray(0, y.shape[0] * inputSize(layers));
  }

  async optimizerStep(learningRate: number): Promise<void> {
    checkOwn(this.spec);
    const gradients = this.gradients;
    if (!gradients) throw new EngineError('A stage that trains locally has no gradients to apply.');
    this.scope.run((sample) => {
      const scalars = this.nextStep(learningRate);
      for (let slot = 0; slot < gradients.slots; slot++) {
        tidy(() => {
          this.update(slot, gradients.at(slot), scalars);
          sample();
        });
      }
      gradients.clear();
    });
  }

  async infer(input: StageInput, want: { output?: boolean; score?: boolean }) {
    const count = countOf(input);
    const { layers, batch } = this.spec;
    const chunk = Math.max(batch, INFERENCE_CHUNK);
    const output = want.output ? new Float32Array(count * outputSize(layers)) : null;
    const scores: tf.Tensor1D[] = [];
    for (let from = 0; from < count; from += chunk) {
      const part = slice(input, from, Math.min(from + chunk, count));
      const { y, score } = this.pass(countOf(part), () => {
        const { x, seen, targets } = this.read(part);
        const all = this.outputs(x);
        const last = all[all.length - 1];
        return {
          y: output ? last : null,
          score: want.score
            ? scoreTensor(this.loss(all, seen, targets, { correct: true, plain: true }))
            : null,
        };
      });
      if (score) scores.push(score);
      if (y) {
        output!.set(await y.data<'float32'>(), from * outputSize(layers));
        y.dispose();
      }
    }
    return {
      ...(output ? { output } : {}),
      ...(want.score ? { score: await readScore(scores, count) } : {}),
    };
  }

  async look(input: StageInput, { gradients = false } = {}) {
    const { layers } = this.spec;
    const count = countOf(input);
    checkLook(this.spec, count, this.passes.size, gradients);
    const found = gradients ? new FlatTensors(layers) : null;
    try {
      const given = this.pass(count, (sample) => {
        const { x, targets } = this.read(input);
        const outputs = this.outputs(x);
        if (found) {
          const { gradient } = this.loss(outputs, x, targets, { divisor: count });
          this.backpropagate(outputs, gradient!, false, sample, (index, part) =>
            found.replace(index, tf.clone(part)),
          );
        }
        return outputs.slice(1);
      });
      const outputs = await Promise.all(
        given.map(async (y) => Float32Array.from(await y.data<'float32'>()).subarray(0, y.size)),
      );
      tf.dispose(given);
      if (!found) return { outputs };
      return { outputs, gradientNorms: normsByLayer(layers, await found.read()) };
    } finally {
      found?.dispose();
    }
  }

  async holdGathered(values: Float32Array, use: 'forward' | 'backward'): Promise<void> {
    checkGathered(this.spec, values);
    this.scope.enter();
    this.takeBack();
    const { layers } = this.spec;
    this.own = new FlatTensors(layers, values);
    this.gathered = [this.scope.ledger.allocate('parameters', 4 * values.length)];
    if (use === 'forward') return;
    this.gradients = new FlatTensors(layers);
    this.gathered.push(this.scope.ledger.allocate('gradients', 4 * values.length));
  }

  async release(): Promise<void> {
    if (this.spec.training !== 'gathered') throw new EngineError('Only what was gathered can be released.');
    this.takeBack();
  }

  async readParameters() {
    return this.parameters.read();
  }
  async writeParameters(values: Float32Array) {
    this.scope.enter();
    this.parameters.write(values);
  }
  async readGradients() {
    return this.kept.read();
  }
  async writeGradients(values: Float32Array) {
    const { kept } = this;
    this.scope.enter();
    kept.write(values);
  }
  async readOptimizer(): Promise<OptimizerState> {
    return { step: this.steps, moments: await Promise.all(this.moments.map((moment) => moment.read())) };
  }
  async writeOptimizer(state: OptimizerState) {
    if (state.moments.length !== this.moments.length) {
      throw new EngineError(
        `${this.spec.optimizer} keeps ${this.moments.length} moments, but ${state.moments.length} were given.`,
      );
    }
    this.scope.enter();
    this.steps = state.step;
    state.moments.forEach((values, index) => this.moments[index].write(values));
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.own?.dispose();
    this.moments.forEach((moment) => moment.dispose());
    this.gradients?.dispose();
    this.constants.dispose();
    this.sourceTable?.dispose();
    if (this.objective) displace(this.objective);
    this.front?.dispose();
    for (const { outputs, release } of this.passes.values()) {
      tf.dispose(outputs as tf.Tensor2D[]);
      release();
    }
    this.passes.clear();
    for (const release of [...this.releases, ...this.gathered]) release();
    this.splits.dispose();
  }

  private get parameters(): FlatTensors {
    if (!this.own) throw new EngineError(NOT_GATHERED);
    return this.own;
  }

  private get kept(): FlatTensors {
    if (this.gradients) return this.gradients;
    if (this.spec.training === 'gathered') throw new EngineError(NOT_GATHERED);
    throw new EngineError('A stage that trains locally keeps no gradients.');
  }

  private takeBack(): void {
    this.own?.dispose();
    this.gradients?.dispose();
    for (const release of this.gathered.splice(0)) release();
    this.own = null;
    this.gradients = null;
  }

  /** Bytes of a forward pass that `backward` needs: the input and every layer's output. */
  private activationBytes(count: number): number {
    const { front, beside } = fixedLevels(this.spec);
    const units = [...levelSizes(this.spec.layers), ...front, ...beside];
    return 4 * count * units.reduce((sum, each) => sum + each, 0);
  }

  /** Runs work whose activations live only as long as itself. */
  private pass<T>(count: number, work: (sample: () => void) => T): T {
    const bytes = this.activationBytes(count);
    const release = this.scope.ledger.allocate('activations', bytes);
    try {
      return this.scope.run(work, bytes);
    } finally {
      release();
    }
  }

  /** One whole optimiser step; every weight gradient is used and freed before the next is made. */
  private step(
    { x, seen }: Input,
    targets: Uint8Array,
    learningRate: number,
    sample: () => void,
  ): tf.Tensor1D {
    const count = targets.length;
    const outputs = this.outputs(x);
    const { sum, correct, gradient } = this.loss(outputs, seen, targets, {
      divisor: count,
      correct: countsWhileTraining(this.spec.objective!),
    });
    const scalars = this.nextStep(learningRate);
    this.backpropagate(outputs, gradient!, false, sample, (index, weightGradient) =>
      this.update(index, weightGradient, scalars),
    );
    return scoreTensor({ sum: tf.div(sum, count), correct: correct ?? tf.zerosLike(sum) });
  }

  private nextStep(learningRate: number): StepScalars {
    this.steps++;
    return stepScalars(this.spec.optimizer, { learningRate, decay: this.spec.decay }, this.steps);
  }

  private update(index: number, gradient: tf.Tensor, scalars: StepScalars): void {
    const moments = this.moments.map((moment) => moment.at(index));
    const next = updated(this.parameters.at(index), gradient, moments, scalars, this.constants);
    this.parameters.replace(index, next.parameter);
    next.moments.forEach((tensor, m) => this.moments[m].replace(index, tensor));
  }

  private read(input: StageInput): Input & { targets: Uint8Array | null } {
    const { layers } = this.spec;
    if (input.kind === 'activations') {
      checkLength('activations', input.values.length, input.count * inputSize(layers));
      // Sliced: the CPU backend works on the array it is given, and a caller may reuse it.
      const x = tf.tensor2d(input.values.slice(), [input.count, inputSize(layers)]);
      return { x, seen: aimsAtImages(this.spec) ? null : x, targets: input.targets ?? null };
    }
    const targets = this.splits.targets(input.split, input.order);
    return { ...this.images(input.split, input.order, targets), targets };
  }

  /** What the first layer takes of some images. @param shown Classes whose vectors lie over it. */
  private images(split: Split, order: Uint32Array, shown: Uint8Array): Input {
    const images = this.splits.gather(split, order);
    if (!this.front) return { x: images, seen: images };
    const x = this.front.forward(images, tf.tensor1d(Int32Array.from(shown), 'int32'));
    return { x, seen: aimsAtImages(this.spec) ? images : x };
  }

  /** The same for the step about to be taken: with its noise and its swapped classes. */
  private trainedOn(order: Uint32Array, targets: Uint8Array): Input {
    const { source, batch } = this.spec;
    const first = this.steps * batch;
    if (source.kind !== 'fixed') return this.images('train', order, targets);
    const { swap, fixed } = source;
    const classes = fixed.table?.classes ?? 0;
    const shown = swap ? targets.map((own, n) => shownClass(swap, first + n, own, classes)) : targets;
    const { x, seen } = this.images('train', order, shown);
    const noised = noisy(x, source, first);
    return { x: noised, seen: seen === x ? noised : seen };
  }

  /** Synthetic inputs of samples `from … to`, with the noise of the step about to be taken. */
  private mix(batches: Extract<Batches, { kind: 'labels' }>, from: number, to: number): tf.Tensor2D {
    const { source, batch } = this.spec;
    if (source.kind !== 'labels') throw new EngineError(`A stage fed by ${source.kind} mixes no labels.`);
    return mixLabels(source, this.sourceTable!, batches, from, to, this.steps * batch);
  }

  private outputs(x: tf.Tensor2D): tf.Tensor2D[] {
    const outputs = [x];
    this.spec.layers.forEach((layer, index) => {
      outputs.push(
        tfjsLayer(layer).forward(layer, this.parameters.layer(index), outputs[index], this.constants),
      );
    });
    return outputs;
  }

  /** With the classes' weights, unless it is plainly scored. */
  private loss(
    outputs: readonly tf.Tensor2D[],
    seen: tf.Tensor2D | null,
    targets: Uint8Array | null,
    want: Omit<Wanted, 'weights'> & { readonly plain?: boolean },
  ): Loss {
    if (!this.objective) throw new EngineError('This stage has no objective, so it cannot score its output.');
    if (!targets) throw new EngineError('This stage scores its output, so it needs targets.');
    const { classWeights } = this.spec;
    const weights =
      classWeights && !want.plain ? Float32Array.from(targets, (target) => classWeights[target]) : undefined;
    return lossOf(this.objective, seen, outputs[outputs.length - 1], targets, { ...want, weights });
  }

  /**
   * Hands each parameter gradient to `use` (slot as in `FlatTensors`), last layer first, and frees it.
   * @returns ∂loss/∂input, if wanted.
   */
  private backpropagate(
    outputs: readonly tf.Tensor2D[],
    gradient: tf.Tensor2D,
    wantInput: boolean,
    sample: () => void,
    use: (index: number, gradient: tf.Tensor) => void,
  ): tf.Tensor2D | null {
    let dy: tf.Tensor2D | null = gradient;
    for (let index = this.spec.layers.length - 1; index >= 0; index--) {
      dy = tidy(() => {
        const [x, y] = [outputs[index], outputs[index + 1]];
        const layer = this.spec.layers[index];
        const own = this.parameters.layer(index);
        const further = index > 0 || wantInput;
        const result = tfjsLayer(layer).backward(layer, own, x, y, dy!, this.constants, further);
        Object.keys(own).forEach((name, i) =>
          use(this.parameters.firstOf(index) + i, result.parameters[name]),
        );
        sample();
        return result.input;
      });
    }
    return dy;
  }
}
