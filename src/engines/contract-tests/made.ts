/** Everything a case needs, made from a seed, and a stage that has it. */
import { initialParameters } from '../../network/initialise.ts';
import { Random } from '../../network/random.ts';
import { denseNetwork } from '../../network/spec.ts';
import {
  MIXTURE,
  type Batches,
  type Engine,
  type LocalTraining,
  type Split,
  type Stage,
  type StageInput,
  type StageSpec,
} from '../contract.ts';
import { batchesOf, imagesOf } from '../ends.ts';
import type { Case } from './cases.ts';
import { objectiveOf, sourceOf } from './ends.ts';

export interface Made {
  readonly spec: StageSpec;
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  /** An epoch of local training. */
  readonly request: LocalTraining;
  /** For whatever else a test draws. */
  readonly random: Random;
  readonly classes: number;
}

/** Classes where the objective has label vectors; others have as many classes as outputs. */
export const CLASSES_OF_LABELS = 6;

/** Far apart, one of them 1, and not in order: a factor that is left out or another class's shows everywhere. */
const CLASS_WEIGHTS = [0.25, 4, 1, 0.5, 2.5, 0.125, 8];

/** Large enough that a step without it is another step. Optimizers without decay must take no notice. */
export const DECAY = 0.25;

export function make(
  {
    widths,
    batch,
    samples,
    activation = 'tanh',
    optimizer = 'adam',
    source: feed = 'images',
    objective: aim = 'classes',
    weighted = false,
  }: Omit<Case, 'name'>,
  training: 'local' | 'exchange',
): Made {
  const inputs = widths[0] as number;
  const outputs = widths[widths.length - 1] as number;
  const layers = denseNetwork(inputs, widths.slice(1, -1), outputs, activation);
  const classes = aim.startsWith('labels') ? CLASSES_OF_LABELS : outputs;
  const source = sourceOf(feed, classes, inputs);
  const pixels = imagesOf(source)?.pixels ?? inputs;
  const random = Random.for(5, 'test-data', inputs, samples);
  const images = Uint8Array.from({ length: samples * pixels }, () => random.below(256));
  const labels = Uint8Array.from({ length: samples }, () => random.below(classes));
  const batches: Batches =
    batchesOf(source) === 'images'
      ? { kind: 'images', order: random.permutation(samples) }
      : {
          kind: 'labels',
          classes: Uint8Array.from({ length: samples * MIXTURE }, () => random.below(classes)),
          weights: Float32Array.from(
            { length: samples * MIXTURE },
            (_, i) => [0.6, 0.25, 0.15, 0][i % MIXTURE],
          ),
          targets: labels,
        };
  const learningRates = new Float32Array(Math.ceil(samples / batch)).map((_, i) => 0.01 / (i + 1));
  const spec: StageSpec = {
    layers,
    parameters: initialParameters(layers, 9),
    batch,
    optimizer,
    decay: DECAY,
    source,
    objective: objectiveOf(aim, classes, outputs, pixels),
    ...(weighted ? { classWeights: Float32Array.from(CLASS_WEIGHTS.slice(0, classes)) } : {}),
    training,
    inFlight: 2,
  };
  return { spec, images, labels, request: { batches, learningRates }, random, classes };
}

/** A stage of the case, with the images loaded where it reads some. */
export async function stageWith(engine: Engine, made: Made): Promise<Stage> {
  const stage = await engine.stage(made.spec);
  if (imagesOf(made.spec.source)) {
    await stage.load('train', made.images, made.labels);
    await stage.load('test', made.images, made.labels);
  }
  return stage;
}

/** Loaded images, by their numbers. */
export const imagesIn = (split: Split, order: Iterable<number>): StageInput & { kind: 'images' } => ({
  kind: 'images',
  split,
  order: Uint32Array.from(order),
});
