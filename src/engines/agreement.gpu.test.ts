/**
 * Three engines that share no arithmetic, one training step from the same weights on the same batch: WGSL shaders,
 * WebAssembly kernels and TensorFlow.js. Needs WebGPU (Dawn).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialParameters } from '../network/initialise.ts';
import { Random } from '../network/random.ts';
import { OPTIMIZER_IDS, type OptimizerId } from '../network/optimizers/registry.ts';
import { denseNetwork } from '../network/spec.ts';
import { expectClose } from './contract-tests/close.ts';
import { randomTable } from './contract-tests/ends.ts';
import { ENGINE_IDS, type Engine, type EngineId, type Objective, type StageSpec } from './contract.ts';
import { ENGINES } from './registry.ts';
import { selfCheck } from './self-check.ts';
import { installDawn } from './dawn.ts';

installDawn();

const WIDTHS = [196, 64, 47, 10];
const CLASSES = 10;
const BATCH = 32;
const layers = denseNetwork(WIDTHS[0], WIDTHS.slice(1, -1), CLASSES, 'relu');
const random = Random.for(3, 'agreement');
const images = Uint8Array.from({ length: BATCH * WIDTHS[0] }, () => random.below(256));
const labels = Uint8Array.from({ length: BATCH }, () => random.below(CLASSES));
const order = Uint32Array.from({ length: BATCH }, (_, i) => i);

const OBJECTIVES: Readonly<Record<string, Objective>> = {
  classes: { kind: 'classes', classes: CLASSES },
  'labels, mean over units': { kind: 'labels', table: randomTable(CLASSES, CLASSES, 1), scale: 1 / CLASSES },
  'labels, summed': { kind: 'labels', table: randomTable(CLASSES, CLASSES, 1), scale: 1 },
};

const CASES = Object.keys(OBJECTIVES).flatMap((objective) =>
  OPTIMIZER_IDS.map((optimizer) => ({ objective, optimizer })),
);

/** Optimizers whose first step is as long as the gradient. */
const FOLLOW_THE_GRADIENT: readonly OptimizerId[] = ['sgd', 'momentum'];

describe('webgpu, cpu and tfjs', () => {
  const engines: Partial<Record<EngineId, Engine>> = {};
  beforeAll(async () => {
    for (const id of ENGINE_IDS) engines[id] = await ENGINES[id].create();
  });
  afterAll(async () => {
    for (const engine of Object.values(engines)) await engine.dispose();
  });

  it.each(CASES)('agree after one step with $optimizer on $objective', async ({ objective, optimizer }) => {
    const spec: StageSpec = {
      layers,
      parameters: initialParameters(layers, 5),
      batch: BATCH,
      optimizer,
      decay: 0.25,
      source: { kind: 'images', pixels: WIDTHS[0], scale: 1 / 255, shift: -0.5 },
      objective: OBJECTIVES[objective],
      training: 'local',
    };
    const results = [];
    for (const id of ENGINE_IDS) {
      const stage = await engines[id]!.stage(spec);
      await stage.load('train', images, labels);
      const learningRates = new Float32Array([0.01]);
      const { losses, correct } = await stage.train({ batches: { kind: 'images', order }, learningRates });
      const { moments } = await stage.readOptimizer();
      results.push({ losses, correct, moments, parameters: await stage.readParameters() });
      stage.dispose();
    }
    const [first, ...others] = results;
    // Float32 sums of up to 196 terms in different orders: 1e-6 of their size; 2e-5 leaves room for exp and log.
    const tolerance = 2e-5;
    for (const other of others) {
      expectClose(other.losses, first.losses, tolerance);
      expect([...other.correct]).toEqual([...first.correct]);
      other.moments.forEach((moment, i) => expectClose(moment, first.moments[i], tolerance));
      // A first step of Adam is rate · g / (|g| + 1e-8), one of Lion rate · sign(g): where a gradient is mostly
      // rounding, so is the step. There the moments, compared above, must do.
      const sure = FOLLOW_THE_GRADIENT.includes(optimizer) ? null : indicesOfLarge(first.moments[0]);
      const pick = (values: Float32Array) => (sure ? sure.map((index) => values[index]) : values);
      if (sure) expect(sure.length).toBeGreaterThan(0.5 * spec.parameters.length);
      expectClose(pick(other.parameters), pick(first.parameters), 2e-4);
    }
  });

  it.each([
    [10, 4],
    [47, 6],
    [62, 3],
  ])('take the first of equal answers, of %i from %i on', async (classes, first) => {
    // Weights of 0: the bias answers, the same for every class from the first on, whose labels are the nearest.
    const answers = Float32Array.from({ length: classes }, (_, unit) => (unit >= first ? 1 : 0));
    const values = Float32Array.from({ length: classes * classes }, (_, i) =>
      Math.floor(i / classes) >= first ? answers[i % classes] : 5,
    );
    const objectives = [
      { kind: 'classes', classes },
      { kind: 'labels', table: { classes, width: classes, values }, scale: 1 },
    ] as const;
    const targets = new Uint8Array(5).fill(first);
    for (const objective of objectives) {
      for (const id of ENGINE_IDS) {
        const stage = await engines[id]!.stage({
          layers: denseNetwork(WIDTHS[0], [], classes, 'relu'),
          parameters: Float32Array.from([...new Float32Array(WIDTHS[0] * classes), ...answers]),
          batch: BATCH,
          optimizer: 'sgd',
          decay: 0,
          source: { kind: 'images', pixels: WIDTHS[0], scale: 1 / 255, shift: 0 },
          objective,
          training: 'local',
        });
        await stage.load('test', new Uint8Array(targets.length * WIDTHS[0]), targets);
        const input = { kind: 'images', split: 'test', order: Uint32Array.from(targets.keys()) } as const;
        const { score } = await stage.infer(input, { score: true });
        expect(score!.correct, `${id}, ${objective.kind}`).toBe(5);
        stage.dispose();
      }
    }
  });

  it('all pass the self-check', async () => {
    for (const id of ENGINE_IDS) expect(await selfCheck(engines[id]!)).toEqual({ ok: true });
  });
});

/** Indices of values above 1e-4 of the largest. */
function indicesOfLarge(values: Float32Array): number[] {
  let size = 0;
  for (const value of values) size = Math.max(size, Math.abs(value));
  return [...values.keys()].filter((index) => Math.abs(values[index]) > 1e-4 * size);
}
