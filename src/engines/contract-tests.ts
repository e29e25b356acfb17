/**
 * The tests every engine passes. Call `describeEngine` from the engine's own test file.
 *
 * Each case runs the same work on the engine and on the reference engine (double precision inside) and compares.
 * Tolerance: float32 sums of n terms differ from the exact ones by about √n · 2⁻²⁴ of their terms' size; with the
 * sizes here (n ≤ 784) that stays under 2e-6, and a few steps of training amplify it. `close` allows 2e-4 of the
 * largest magnitude in the array, which a wrong term anywhere exceeds by orders of magnitude.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialParameters } from '../network/initialise.ts';
import { Random, streamKey, wordAt } from '../network/random.ts';
import { updateParameters } from '../network/reference.ts';
import { OPTIMIZER_IDS, OPTIMIZERS } from '../network/optimizers/registry.ts';
import { ACTIVATIONS, type Activation, type HiddenLayer, denseNetwork } from '../network/spec.ts';
import { countParameters, inputSize, unflattenParameters, type LayerSpec } from '../network/layers/layers.ts';
import {
  MIXTURE,
  type Batches,
  type Engine,
  type FixedLayers,
  type LabelTable,
  type LocalTraining,
  type Objective,
  type Source,
  type Stage,
  type StageSpec,
} from './contract.ts';
import { batchesOf, imagesOf, labelObjective } from './ends.ts';
import { EngineError } from './errors.ts';
import { createReferenceEngine } from './reference/index.ts';

/** Asserts |actual − expected| ≤ tolerance · max |expected| everywhere. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 2e-4): void {
  expect(actual.length).toBe(expected.length);
  let size = 1e-12;
  for (let i = 0; i < expected.length; i++) size = Math.max(size, Math.abs(expected[i]));
  let worst = 0;
  let at = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i] - expected[i]) / size;
    if (!(difference <= worst)) [worst, at] = [difference, i];
  }
  expect(worst, `element ${at}: ${actual[at]} against ${expected[at]}, largest ${size}`).toBeLessThanOrEqual(
    tolerance,
  );
}

type Aim =
  'classes' | 'labels' | 'labels, summed' | 'labels and classes' | 'fixed layers' | 'labels over layers';

interface Case {
  readonly name: string;
  readonly widths: readonly HiddenLayer[];
  readonly batch: number;
  readonly samples: number;
  readonly activation?: Activation;
  readonly optimizer?: StageSpec['optimizer'];
  readonly source?: 'images' | 'labels' | 'noisy labels' | 'fixed layers' | 'swapped labels over layers';
  readonly objective?: Aim;
  /** Every class its own factor. */
  readonly weighted?: boolean;
}

const CASES: Case[] = [
  { name: 'one unit everywhere', widths: [1, 1, 2], batch: 1, samples: 3 },
  { name: 'odd widths, short last batch', widths: [7, 47, 13, 5], batch: 6, samples: 16 },
  { name: 'a wide odd layer', widths: [20, 513, 47], batch: 9, samples: 18 },
  { name: 'real image size', widths: [784, 32, 10], batch: 16, samples: 40 },
  { name: 'aligned widths', widths: [64, 64, 64, 16], batch: 32, samples: 64 },
  // Before, between and behind layers with an activation; odd widths, and more samples than fill a vector.
  {
    name: 'layer normalisation',
    widths: [13, 11, 'ln', 9, 'ln', 5],
    batch: 7,
    samples: 24,
    activation: 'relu',
  },
  { name: 'a wide layer normalisation', widths: [20, 512, 'ln', 47], batch: 12, samples: 24 },
  {
    name: 'normalised labels to labels of a normalised layer',
    widths: [12, 'ln', 17, 'ln', 9, 'ln', 9],
    batch: 6,
    samples: 18,
    optimizer: 'momentum',
    source: 'labels',
    objective: 'labels',
  },
  ...ACTIVATIONS.map((activation): Case => ({
    name: `${activation} activation`,
    widths: [10, 9, 8, 4],
    batch: 5,
    samples: 10,
    activation,
  })),
  ...OPTIMIZER_IDS.flatMap((optimizer) =>
    (['classes', 'labels', 'labels, summed', 'labels and classes'] as const).map((objective): Case => ({
      name: `${optimizer}, ${objective}`,
      widths: [12, 17, 7],
      batch: 4,
      samples: 20,
      optimizer,
      objective,
    })),
  ),
  {
    name: 'distances to wide labels and classes',
    widths: [12, 17, 135],
    batch: 7,
    samples: 24,
    activation: 'relu',
    source: 'noisy labels',
    objective: 'labels and classes',
  },
  {
    name: 'images to what fixed layers give',
    widths: [12, 17, 9],
    batch: 7,
    samples: 24,
    objective: 'fixed layers',
  },
  { name: 'fixed layers to classes', widths: [21, 12, 6], batch: 6, samples: 20, source: 'fixed layers' },
  {
    name: 'fixed layers to labels and classes',
    widths: [9, 'ln', 12, 11],
    batch: 8,
    samples: 20,
    source: 'fixed layers',
    objective: 'labels and classes',
  },
  {
    name: 'images to labels over fixed layers',
    widths: [12, 17, 9],
    batch: 7,
    samples: 24,
    objective: 'labels over layers',
  },
  {
    name: 'swapped labels over fixed layers to classes',
    widths: [21, 12, 6],
    batch: 6,
    samples: 20,
    source: 'swapped labels over layers',
  },
  {
    name: 'swapped labels over fixed layers to others',
    widths: [9, 12, 11],
    batch: 8,
    samples: 20,
    source: 'swapped labels over layers',
    objective: 'labels over layers',
    weighted: true,
  },
  {
    name: 'fixed layers to others',
    widths: [9, 12, 11],
    batch: 8,
    samples: 20,
    source: 'fixed layers',
    objective: 'fixed layers',
  },
  { name: 'label source to classes', widths: [16, 12, 6], batch: 8, samples: 20, source: 'labels' },
  {
    name: 'noisy label mixtures to labels',
    widths: [9, 12, 11],
    batch: 8,
    samples: 20,
    source: 'noisy labels',
    objective: 'labels',
  },
  ...(['classes', 'labels', 'labels, summed', 'labels and classes', 'labels over layers'] as const).map(
    (objective): Case => ({
      name: `weights of classes, ${objective}`,
      widths: [12, 17, 7],
      batch: 6,
      samples: 22,
      objective,
      weighted: true,
    }),
  ),
  {
    name: 'noisy label mixtures to classes',
    widths: [130, 12, 6],
    batch: 8,
    samples: 24,
    source: 'noisy labels',
  },
];

const CLASSES_OF_LABELS = 6;
/** Far apart, one of them 1, and not in order: a factor that is left out or another class's shows everywhere. */
const CLASS_WEIGHTS = [0.25, 4, 1, 0.5, 2.5, 0.125, 8];

/** A table of label vectors of std 1. */
export function randomTable(classes: number, width: number, seed: number): LabelTable {
  const random = Random.for(seed, 'test-table');
  return { classes, width, values: Float32Array.from({ length: classes * width }, () => random.normal()) };
}

/** Of images that go through fixed layers first. */
const PIXELS = 10;

/** Two of them, the first with the widths that stages seldom have. */
export function fixedLayers(inputs: number, outputs: number): FixedLayers {
  const layers = denseNetwork(inputs, [13, 'ln'], outputs, 'relu');
  return { layers, parameters: initialParameters(layers, 17) };
}

/** Large enough that a step without it is another step. Optimizers without decay must take no notice. */
const DECAY = 0.25;

/** Everything a case needs, made from a seed. */
function build(
  { widths, batch, samples, activation = 'tanh', optimizer = 'adam', ...ends }: Case,
  training: 'local' | 'exchange',
) {
  const inputs = widths[0] as number;
  const outputs = widths[widths.length - 1] as number;
  const layers = denseNetwork(inputs, widths.slice(1, -1), outputs, activation);
  const classes = ends.objective?.startsWith('labels') ? CLASSES_OF_LABELS : outputs;
  const random = Random.for(5, 'test-data', inputs, samples);
  const front = ends.source === 'fixed layers' || ends.source === 'swapped labels over layers';
  const pixels = front ? PIXELS : inputs;
  const read = { pixels, scale: 1 / 80, shift: -1.5 };
  const images = Uint8Array.from({ length: samples * pixels }, () => random.below(256));
  const labels = Uint8Array.from({ length: samples }, () => random.below(classes));
  const source: Source =
    ends.source === 'labels' || ends.source === 'noisy labels'
      ? {
          kind: 'labels',
          table: randomTable(classes, inputs, 3),
          noise: ends.source === 'labels' ? 0 : 0.5,
          noiseKey: streamKey(11, 'noise', 1),
        }
      : front
        ? {
            ...read,
            kind: 'fixed',
            fixed: fixedLayers(pixels, inputs),
            noise: 0.25,
            noiseKey: streamKey(11, 'noise', 1),
            ...(ends.source === 'fixed layers'
              ? {}
              : {
                  fixed: { ...fixedLayers(pixels, inputs), table: randomTable(classes, inputs, 3) },
                  swap: { share: 0.6, key: streamKey(11, 'swap', 1) },
                }),
          }
        : { ...read, kind: 'images' };
  const objective: Objective =
    ends.objective === 'fixed layers' || ends.objective === 'labels over layers'
      ? {
          kind: 'fixed',
          fixed: {
            // Of the images, where the stage's own input is made of these.
            ...fixedLayers(front ? pixels : inputs, outputs),
            ...(ends.objective === 'fixed layers' ? {} : { table: randomTable(classes, outputs, 4) }),
          },
          scale: 1 / outputs,
        }
      : ends.objective?.startsWith('labels')
        ? labelObjective(randomTable(classes, outputs, 4), {
            scale: ends.objective === 'labels, summed' ? 1 : 1 / outputs,
            weight: ends.objective === 'labels and classes' ? 0.5 : 0,
            // Soft enough that every class has a part in the gradient.
            sharpness: 2 / outputs,
          })
        : { kind: 'classes', classes: outputs };
  const spec: StageSpec = {
    layers,
    parameters: initialParameters(layers, 9),
    batch,
    optimizer,
    decay: DECAY,
    source,
    objective,
    ...(ends.weighted ? { classWeights: Float32Array.from(CLASS_WEIGHTS.slice(0, classes)) } : {}),
    training,
    inFlight: 2,
  };
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
  const request: LocalTraining = { batches, learningRates };
  return { spec, images, labels, request, random, classes };
}

async function stageWith(engine: Engine, made: ReturnType<typeof build>): Promise<Stage> {
  const stage = await engine.stage(made.spec);
  if (imagesOf(made.spec.source)) {
    await stage.load('train', made.images, made.labels);
    await stage.load('test', made.images, made.labels);
  }
  return stage;
}

export function describeEngine(name: string, create: () => Promise<Engine>): void {
  describe(`engine ${name} keeps the contract`, () => {
    let engine: Engine;
    let oracle: Engine;
    beforeAll(async () => {
      engine = await create();
      oracle = createReferenceEngine();
    }, 60_000);
    afterAll(async () => {
      await engine.dispose();
      expect(engine.memory().total).toBe(0);
    });

    /** Runs `work` on a stage of the engine and on one of the oracle, with fresh stages, and frees them. */
    async function both<T>(
      made: ReturnType<typeof build>,
      work: (stage: Stage) => Promise<T>,
    ): Promise<[T, T]> {
      const stages = [await stageWith(engine, made), await stageWith(oracle, made)];
      const results = [await work(stages[0]), await work(stages[1])] as [T, T];
      stages.forEach((stage) => stage.dispose());
      return results;
    }

    it.each(CASES)('trains locally like the reference: $name', async (one) => {
      const made = build(one, 'local');
      const [actual, expected] = await both(made, async (stage) => {
        const first = await stage.train(made.request);
        const second = await stage.train(made.request);
        return {
          first,
          second,
          parameters: await stage.readParameters(),
          state: await stage.readOptimizer(),
        };
      });
      for (const call of ['first', 'second'] as const) {
        expectClose(actual[call].losses, expected[call].losses);
        expect([...actual[call].correct]).toEqual([...expected[call].correct]);
      }
      expectClose(actual.parameters, expected.parameters);
      expect(actual.state.step).toBe(expected.state.step);
      expect(actual.state.moments.length).toBe(expected.state.moments.length);
      actual.state.moments.forEach((moment, i) => expectClose(moment, expected.state.moments[i]));
    });

    it.each(CASES.filter(({ source }) => !source))('exchanges like the reference: $name', async (one) => {
      const made = build(one, 'exchange');
      const order = made.random.permutation(Math.min(2 * one.batch, one.samples));
      const halves = [order.subarray(0, one.batch), order.subarray(one.batch)].filter(
        (half) => half.length > 0,
      );
      const [actual, expected] = await both(made, async (stage) => {
        const scores = [];
        for (let microBatch = 0; microBatch < halves.length; microBatch++) {
          const { score } = await stage.forward(microBatch, {
            kind: 'images',
            split: 'train',
            order: halves[microBatch],
          });
          scores.push(score!);
        }
        for (let microBatch = 0; microBatch < halves.length; microBatch++) {
          expect(await stage.backward(microBatch, { divisor: order.length })).toBeNull();
        }
        const gradients = await stage.readGradients();
        await stage.optimizerStep(0.01);
        return {
          scores,
          gradients,
          parameters: await stage.readParameters(),
          cleared: await stage.readGradients(),
        };
      });
      expectClose(actual.gradients, expected.gradients);
      // Against the rule applied to the engine's OWN gradients: Adam's first step is rate · g / (|g| + 1e-8), which
      // turns a rounding error of 1e-9 in a gradient near zero into a good part of a whole step.
      const { parameters, optimizer } = made.spec;
      const moments = Array.from(
        { length: OPTIMIZERS[optimizer].moments },
        () => new Float32Array(parameters.length),
      );
      const updated = parameters.slice();
      updateParameters(
        optimizer,
        updated,
        actual.gradients,
        moments,
        { learningRate: 0.01, decay: DECAY },
        1,
      );
      expectClose(actual.parameters, updated);
      expect(actual.cleared.every((value) => value === 0)).toBe(true);
      actual.scores.forEach((score, i) => {
        expectClose([score.loss], [expected.scores[i].loss]);
        expect(score.correct).toBe(expected.scores[i].correct);
        expect(score.count).toBe(halves[i].length);
      });
    });

    it.each(CASES.filter(({ source }) => !source))('can be looked into: $name', async (one) => {
      const made = build(one, 'exchange');
      const order = made.random.permutation(one.batch);
      const input = { kind: 'images', split: 'test', order } as const;
      const [actual, expected] = await both(made, async (stage) => {
        await stage.forward(1, input);
        await expect(stage.look(input)).rejects.toThrow('micro-batch in flight');
        await stage.backward(1, { divisor: order.length });
        const gradients = await stage.readGradients();
        const { outputs, gradientNorms } = await stage.look(input, { gradients: true });
        // What was accumulated is there still, and so is everything else.
        expect(await stage.readGradients()).toEqual(gradients);
        expect(await stage.readParameters()).toEqual(made.spec.parameters);
        expect(await stage.look(input)).toEqual({ outputs });
        return { gradients, outputs, gradientNorms: gradientNorms! };
      });
      const { layers } = made.spec;
      expect(actual.outputs).toHaveLength(layers.length);
      actual.outputs.forEach((rows, index) => expectClose(rows, expected.outputs[index]));
      expectClose(actual.gradientNorms, expected.gradientNorms);
      // The one batch's gradients, which were read as numbers before.
      unflattenParameters(layers, expected.gradients).forEach((own, index) => {
        const all = Object.values(own).flatMap((values) => [...values]);
        expectClose([expected.gradientNorms[index]], [Math.hypot(...all)], 1e-5);
      });
    });

    it('counts weights of classes in training alone: what it infers is scored plainly', async () => {
      const one: Case = { name: '', widths: [12, 17, 7], batch: 6, samples: 6 };
      const plain = build(one, 'exchange');
      const weighted = build({ ...one, weighted: true }, 'exchange');
      const input = { kind: 'images', split: 'train', order: Uint32Array.of(0, 1, 2, 3, 4, 5) } as const;
      const scores = async (stage: Stage) => {
        const inferred = await stage.infer(input, { score: true });
        const trained = await stage.forward(0, input);
        return [inferred.score!.loss, trained.score!.loss];
      };
      const [[inferred, trained], [, expected]] = await both(weighted, scores);
      const [[as]] = await both(plain, scores);
      expect(inferred).toBe(as);
      expectClose([trained], [expected]);
      expect(Math.abs(trained - inferred)).toBeGreaterThan(0.1);
    });

    it('refuses weights that are not one for each class, and vectors that do not fit what they lie over', async () => {
      const { spec } = build({ name: '', widths: [12, 17, 7], batch: 6, samples: 6 }, 'local');
      await expect(engine.stage({ ...spec, classWeights: new Float32Array(6) })).rejects.toThrow(
        'Expected 7 class weights, found 6.',
      );
      const aims: Objective = { kind: 'fixed', fixed: fixedLayers(12, 7), scale: 1 };
      const classless = { ...spec, objective: aims, classWeights: new Float32Array(7) };
      await expect(engine.stage(classless)).rejects.toThrow('knows no classes');
      const [fixed, table] = [fixedLayers(12, 7), randomTable(6, 9, 4)];
      const misfit = { ...spec, objective: { ...aims, fixed: { ...fixed, table } } };
      await expect(engine.stage(misfit)).rejects.toThrow(
        'Expected 7 numbers in a label over fixed layers, found 9.',
      );
    });

    it('gives its output beside its score where both are wanted', async () => {
      const made = build(CASES[1], 'exchange');
      const input = { kind: 'images', split: 'test', order: Uint32Array.of(3, 1, 4) } as const;
      const [actual, expected] = await both(made, async (stage) => {
        const { output, score } = await stage.forward(0, input, { output: true });
        expect((await stage.forward(1, input)).output).toBeUndefined();
        await stage.backward(0, { divisor: 3 });
        return { output: output!, score: score!, gradients: await stage.readGradients() };
      });
      expectClose(actual.output, expected.output);
      expectClose([actual.score.loss], [expected.score.loss]);
      expectClose(actual.gradients, expected.gradients);
    });

    it('refuses looks that it cannot have', async () => {
      const made = build(CASES[1], 'exchange');
      const input = { kind: 'activations', count: 1, values: new Float32Array(7) } as const;
      const spec: StageSpec = { ...made.spec, source: { kind: 'activations', shape: [7] } };
      const refusal = async (change: Partial<StageSpec>, count: number, gradients: boolean) => {
        const stage = await engine.stage({ ...spec, ...change });
        const values = new Float32Array(7 * count);
        const work = stage.look({ ...input, count, values }, { gradients });
        await expect(work).rejects.toThrow(EngineError);
        stage.dispose();
        return work.catch((error: Error) => error.message);
      };
      expect(await refusal({ training: 'local' }, 1, false)).toContain('exchanges tensors');
      expect(await refusal({}, made.spec.batch + 1, false)).toContain('more than this stage');
      expect(await refusal({ objective: null }, 1, true)).toContain('no objective');
      expect(await refusal({}, 1, true)).toContain('needs targets');
    });

    it('passes activations forward and gradients back through a middle stage', async () => {
      const layers: LayerSpec[] = [
        { kind: 'dense', inputs: 11, outputs: 9, activation: 'relu' },
        { kind: 'dense', inputs: 9, outputs: 5, activation: 'tanh' },
      ];
      const random = Random.for(2, 'test-middle');
      const numbers = (count: number) => Float32Array.from({ length: count }, () => random.normal());
      const made = {
        ...build(CASES[1], 'exchange'),
        spec: {
          layers,
          parameters: initialParameters(layers, 4),
          batch: 6,
          optimizer: 'momentum',
          decay: 0,
          source: { kind: 'activations', shape: [11] },
          objective: null,
          training: 'exchange',
          inFlight: 3,
        } satisfies StageSpec,
      };
      const counts = [6, 6, 3];
      const inputs = counts.map((count) => numbers(count * 11));
      const gradients = counts.map((count) => numbers(count * 5));
      const [actual, expected] = await both(made, async (stage) => {
        const outputs: Float32Array[] = [];
        for (let m = 0; m < 3; m++) {
          const { output } = await stage.forward(m, {
            kind: 'activations',
            count: counts[m],
            values: inputs[m],
          });
          outputs.push(output!);
        }
        const back: Float32Array[] = [];
        for (const m of [2, 0, 1])
          back.push((await stage.backward(m, { gradient: gradients[m], divisor: 15 }))!);
        const sum = await stage.readGradients();
        await stage.writeGradients(sum.map((value) => value / 2));
        await stage.optimizerStep(0.1);
        return { outputs, back, sum, parameters: await stage.readParameters() };
      });
      actual.outputs.forEach((output, i) => expectClose(output, expected.outputs[i]));
      actual.back.forEach((gradient, i) => expectClose(gradient, expected.back[i]));
      expectClose(actual.sum, expected.sum);
      expectClose(actual.parameters, expected.parameters);
    });

    it('gives no input gradient where nobody asks for it, and the same parameter gradients', async () => {
      const layers: LayerSpec[] = [
        { kind: 'dense', inputs: 7, outputs: 9, activation: 'relu' },
        { kind: 'dense', inputs: 9, outputs: 5, activation: 'linear' },
      ];
      const random = Random.for(5, 'test-end');
      const values = Float32Array.from({ length: 6 * 7 }, () => random.normal());
      const gradient = Float32Array.from({ length: 6 * 5 }, () => random.normal());
      const result = async (asked: boolean) => {
        const stage = await engine.stage({
          layers,
          parameters: initialParameters(layers, 4),
          batch: 6,
          optimizer: 'sgd',
          decay: 0,
          source: { kind: 'activations', shape: [7], gradient: asked },
          objective: null,
          training: 'exchange',
        });
        await stage.forward(0, { kind: 'activations', count: 6, values });
        const back = await stage.backward(0, { gradient, divisor: 6 });
        const gradients = await stage.readGradients();
        stage.dispose();
        return { back, gradients };
      };
      const [asked, not] = [await result(true), await result(false)];
      expect(asked.back).toHaveLength(6 * 7);
      expect(not.back).toBeNull();
      expect(not.gradients).toEqual(asked.gradients);
    });

    it.each(CASES.filter(({ source }) => !source))('infers like the reference: $name', async (one) => {
      const made = build(one, 'local');
      const order = Uint32Array.from({ length: one.samples * 2 + 1 }, (_, i) => (i * 7) % one.samples);
      const [actual, expected] = await both(made, (stage) =>
        stage.infer({ kind: 'images', split: 'test', order }, { output: true, score: true }),
      );
      expectClose(actual.output!, expected.output!);
      expectClose([actual.score!.loss], [expected.score!.loss]);
      expect(actual.score!.correct).toBe(expected.score!.correct);
      expect(actual.score!.count).toBe(order.length);
    });

    it('swaps the class vectors that it shows in training, and those alone', async () => {
      // One linear layer on fixed linear ones: everything is written out here, in double precision.
      const made = build(
        {
          name: '',
          widths: [3, 4],
          batch: 8,
          samples: 8,
          source: 'swapped labels over layers',
          objective: 'labels over layers',
        },
        'local',
      );
      const linear = (inputs: number, outputs: number): FixedLayers => {
        const layers = denseNetwork(inputs, [], outputs, 'relu');
        return { layers, parameters: initialParameters(layers, 23) };
      };
      const [shown, aimed] = [randomTable(CLASSES_OF_LABELS, 3, 3), randomTable(CLASSES_OF_LABELS, 4, 4)];
      const [front, beside] = [linear(PIXELS, 3), linear(PIXELS, 4)];
      const [share, key] = [0.6, streamKey(11, 'swap', 1)];
      const spec: StageSpec = {
        ...made.spec,
        source: {
          ...(made.spec.source as Extract<Source, { kind: 'fixed' }>),
          noise: 0,
          fixed: { ...front, table: shown },
          swap: { share, key },
        },
        objective: { kind: 'fixed', scale: 0.5, fixed: { ...beside, table: aimed } },
      };
      const stage = await stageWith(engine, { ...made, spec });
      const order = Uint32Array.of(0, 1, 2, 3, 4, 5, 6, 7);
      const dense = (x: readonly number[], { layers, parameters }: FixedLayers): number[] => {
        const outputs = inputSize(layers) === 3 ? 4 : parameters.length / (PIXELS + 1);
        return Array.from({ length: outputs }, (_, u) =>
          x.reduce(
            (sum, value, i) => sum + value * parameters[i * outputs + u],
            parameters[x.length * outputs + u],
          ),
        );
      };
      const over = (values: number[], { values: table, width }: LabelTable, label: number) =>
        values.map((value, u) => value + table[label * width + u]);
      const lossOf = (parameters: Float32Array, step: number | null) => {
        const losses = [...order].map((image, n) => {
          const x = Array.from(
            made.images.subarray(image * PIXELS, (image + 1) * PIXELS),
            (byte) => byte / 80 - 1.5,
          );
          const own = made.labels[image];
          const at = 2 * ((step ?? 0) * 8 + n);
          const swapped = step !== null && wordAt(key, at) >>> 8 < Math.round(share * 2 ** 24);
          const label = swapped ? wordAt(key, at + 1) % CLASSES_OF_LABELS : own;
          const y = dense(over(dense(x, front), shown, label), { layers: spec.layers, parameters });
          const aims = over(dense(x, beside), aimed, own);
          return 0.5 * y.reduce((sum, value, u) => sum + (value - aims[u]) ** 2, 0);
        });
        return losses.reduce((sum, loss) => sum + loss, 0) / 8;
      };
      for (const step of [0, 1]) {
        const before = await stage.readParameters();
        const input = { kind: 'images', split: 'train', order } as const;
        const { score } = await stage.infer(input, { score: true });
        expectClose([score!.loss / 8], [lossOf(before, null)]);
        const { losses } = await stage.train({
          batches: { kind: 'images', order },
          learningRates: Float32Array.of(0.01),
        });
        expectClose(losses, [lossOf(before, step)]);
        expect(Math.abs(lossOf(before, step) - lossOf(before, null))).toBeGreaterThan(0.01);
      }
      stage.dispose();
    });

    it('says no loss of activations where its aims need images, and counts the nearest labels still', async () => {
      const made = build(
        CASES.find(({ name }) => name === 'swapped labels over fixed layers to others')!,
        'local',
      );
      const count = 21;
      const values = Float32Array.from({ length: count * 9 }, () => 3 * made.random.normal());
      const targets = Uint8Array.from({ length: count }, () => made.random.below(made.classes));
      const [actual, expected] = await both(made, async (stage) => {
        await stage.train(made.request);
        return stage.infer({ kind: 'activations', count, values, targets }, { output: true, score: true });
      });
      expectClose(actual.output!, expected.output!);
      expect(actual.score).toEqual({ loss: NaN, correct: expected.score!.correct, count });
      expect(expected.score!.correct).toBeGreaterThan(0);
    });

    it('infers from activations on a stage trained on labels', async () => {
      const made = build(
        CASES.find(({ source }) => source === 'noisy labels')!,
        'local',
      );
      const count = 21;
      const width = inputSize(made.spec.layers);
      const values = Float32Array.from({ length: count * width }, () => made.random.normal());
      const targets = Uint8Array.from({ length: count }, () => made.random.below(made.classes));
      const [actual, expected] = await both(made, (stage) =>
        stage.infer({ kind: 'activations', count, values, targets }, { output: true, score: true }),
      );
      expectClose(actual.output!, expected.output!);
      expect(actual.score!.correct).toBe(expected.score!.correct);
      expectClose([actual.score!.loss], [expected.score!.loss]);
    });

    it.each<[string, readonly HiddenLayer[], Aim]>([
      ['dense layers', [6, 5, 4], 'classes'],
      ['layer normalisation', [6, 5, 'ln', 7, 'ln', 4], 'classes'],
      ['distances to labels and classes', [6, 5, 4], 'labels and classes'],
      ['distances to what fixed layers give', [6, 5, 4], 'fixed layers'],
      ['distances to labels over that', [6, 5, 4], 'labels over layers'],
    ])('agrees with finite differences of its own loss: %s', async (_, widths, objective) => {
      // Central differences with h = 1e-2 on a smooth (tanh) network: truncation ~h² ≈ 1e-4, rounding ~1e-7 / h ≈ 1e-5,
      // relative to gradients of size ~0.1; 2% of the largest gradient is a safe bound that a wrong factor breaks.
      const made = build({ name: '', widths, batch: 8, samples: 8, objective }, 'exchange');
      const stage = await stageWith(engine, made);
      const input = {
        kind: 'images',
        split: 'train',
        order: Uint32Array.from([0, 1, 2, 3, 4, 5, 6, 7]),
      } as const;
      await stage.forward(0, input);
      await stage.backward(0, { divisor: 8 });
      const gradients = await stage.readGradients();
      const parameters = await stage.readParameters();
      const numeric = new Float32Array(parameters.length);
      const h = 1e-2;
      for (let i = 0; i < parameters.length; i++) {
        const lossAt = async (value: number) => {
          const moved = parameters.slice();
          moved[i] = value;
          await stage.writeParameters(moved);
          return (await stage.infer(input, { score: true })).score!.loss / 8;
        };
        numeric[i] = ((await lossAt(parameters[i] + h)) - (await lossAt(parameters[i] - h))) / (2 * h);
      }
      stage.dispose();
      expectClose(gradients, numeric, 2e-2);
    });

    it('is the same to the bit when run again, however the steps are divided', async () => {
      const made = build({ name: '', widths: [33, 20, 10], batch: 8, samples: 64 }, 'local');
      const runs = [];
      for (const parts of [1, 1, 4]) {
        const stage = await stageWith(engine, made);
        const { batches, learningRates } = made.request;
        const order = (batches as Extract<Batches, { kind: 'images' }>).order;
        const losses: number[] = [];
        for (let part = 0; part < parts; part++) {
          const cut = (array: { length: number }, at: number) => (array.length * at) / parts;
          const result = await stage.train({
            batches: { kind: 'images', order: order.slice(cut(order, part), cut(order, part + 1)) },
            learningRates: learningRates.slice(cut(learningRates, part), cut(learningRates, part + 1)),
          });
          losses.push(...result.losses);
        }
        runs.push({ losses, parameters: [...(await stage.readParameters())] });
        stage.dispose();
      }
      expect(runs[1]).toEqual(runs[0]);
      expect(runs[2]).toEqual(runs[0]);
    });

    it('restores parameters and optimiser, and then continues the same', async () => {
      const made = build({ name: '', widths: [12, 10, 4], batch: 4, samples: 16 }, 'local');
      const first = await stageWith(engine, made);
      await first.train(made.request);
      const second = await stageWith(engine, made);
      await second.writeParameters(await first.readParameters());
      await second.writeOptimizer(await first.readOptimizer());
      await first.train(made.request);
      await second.train(made.request);
      expect([...(await second.readParameters())]).toEqual([...(await first.readParameters())]);
      first.dispose();
      second.dispose();
    });

    it('counts its memory: exact for parameters, optimiser, gradients, labels and data; 0 afterwards', async () => {
      const before = engine.memory().total;
      expect(before).toBe(0);
      for (const training of ['local', 'exchange'] as const) {
        const made = build(
          { name: '', widths: [16, 12, 8], batch: 8, samples: 24, objective: 'labels' },
          training,
        );
        const stage = await stageWith(engine, made);
        const { byKind, total, peak } = engine.memory();
        const bytes = 4 * countParameters(made.spec.layers);
        expect(byKind.parameters).toBe(bytes);
        expect(byKind.optimizer).toBe(2 * bytes);
        expect(byKind.gradients).toBe(training === 'exchange' ? bytes : 0);
        expect(byKind.labels).toBe(4 * CLASSES_OF_LABELS * 8);
        expect(byKind.data).toBe(2 * (24 * 16 + 24));
        expect(peak).toBeGreaterThanOrEqual(total);
        stage.dispose();
        expect(engine.memory().total).toBe(0);
      }
    });

    it('works with gathered parameters as with its own, and holds them only until they are released', async () => {
      const made = build(
        { name: '', widths: [16, 12, 8], batch: 8, samples: 24, objective: 'classes' },
        'exchange',
      );
      const { spec } = made;
      const input = { kind: 'images', split: 'train', order: Uint32Array.of(3, 1, 4, 1, 5) } as const;
      const owner = await stageWith(engine, made);
      const { score: expected } = await owner.forward(0, input);
      await owner.backward(0, { divisor: 5 });
      const gradients = await owner.readGradients();
      owner.dispose();

      const gathered = await stageWith(engine, {
        ...made,
        spec: { ...spec, training: 'gathered', parameters: new Float32Array(0) },
      });
      const kinds = () => {
        const { parameters, gradients: held, optimizer } = engine.memory().byKind;
        return { parameters, gradients: held, optimizer };
      };
      const nothing = { parameters: 0, gradients: 0, optimizer: 0 };
      const bytes = 4 * spec.parameters.length;
      expect(kinds()).toEqual(nothing);
      await expect(gathered.forward(0, input)).rejects.toThrow(/gather some/);
      await gathered.holdGathered(spec.parameters, 'forward');
      expect(kinds()).toEqual({ ...nothing, parameters: bytes });
      expect((await gathered.forward(0, input)).score).toEqual(expected);
      await expect(gathered.backward(0, { divisor: 5 })).rejects.toThrow(/gather some/);
      await gathered.release();
      expect(kinds()).toEqual(nothing);
      await gathered.holdGathered(spec.parameters, 'backward');
      expect(kinds()).toEqual({ ...nothing, parameters: bytes, gradients: bytes });
      await gathered.backward(0, { divisor: 5 });
      // The same kernels on the same numbers: the same bits.
      expect(await gathered.readGradients()).toEqual(gradients);
      await expect(gathered.optimizerStep(0.1)).rejects.toThrow(/no optimiser/);
      await expect(gathered.holdGathered(new Float32Array(3), 'forward')).rejects.toThrow(/found 3/);
      gathered.dispose();
      expect(engine.memory().total).toBe(0);
    });

    it('trains with AdamW and no decay as with Adam, to the last bit', async () => {
      const trained = await Promise.all(
        (['adam', 'adamw'] as const).map(async (optimizer) => {
          const { spec, images, labels, request } = build(
            { name: '', widths: [6, 5, 3], batch: 4, samples: 8, optimizer },
            'local',
          );
          const stage = await engine.stage({ ...spec, decay: 0 });
          await stage.load('train', images, labels);
          await stage.train(request);
          const parameters = await stage.readParameters();
          stage.dispose();
          return parameters;
        }),
      );
      expect(trained[1]).toEqual(trained[0]);
    });

    it.each(OPTIMIZER_IDS)('updates a shard as it updates a whole stage: %s', async (optimizer) => {
      const { spec, random } = build(
        { name: '', widths: [6, 5, 3], batch: 4, samples: 8, optimizer },
        'exchange',
      );
      const whole = await engine.stage(spec);
      // 53 numbers from 10 on: no whole vectors.
      const part = (values: Float32Array) => values.slice(10, 53);
      const shard = await engine.shard(part(spec.parameters), optimizer, DECAY);
      const before = engine.memory().byKind;
      for (let step = 0; step < 3; step++) {
        const gradients = spec.parameters.map(() => random.normal());
        await whole.writeGradients(gradients);
        await whole.optimizerStep(0.01);
        await shard.writeGradients(part(gradients));
        await shard.optimizerStep(0.01);
      }
      expectClose(await shard.read(), part(await whole.readParameters()), 1e-6);
      whole.dispose();
      const { byKind } = engine.memory();
      const bytes = 4 * shard.length;
      expect(byKind.parameters).toBe(bytes);
      expect(byKind.gradients).toBe(bytes);
      expect(byKind.optimizer).toBe(bytes * OPTIMIZERS[optimizer].moments);
      expect(before.parameters).toBe(bytes + 4 * spec.parameters.length);
      shard.dispose();
      const empty = await engine.shard(new Float32Array(0), optimizer, DECAY);
      await empty.writeGradients(new Float32Array(0));
      await empty.optimizerStep(0.01);
      expect(await empty.read()).toEqual(new Float32Array(0));
      empty.dispose();
      const release = engine.hold('workspace', 100);
      expect(engine.memory().total).toBe(100);
      release();
      expect(engine.memory().total).toBe(0);
    });

    it('refuses parameters that do not fit the layers, with a sentence', async () => {
      const made = build(CASES[1], 'local');
      await expect(engine.stage({ ...made.spec, parameters: new Float32Array(3) })).rejects.toThrow(
        /found 3/,
      );
    });
  });
}
