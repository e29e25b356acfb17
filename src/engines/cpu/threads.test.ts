import { setFlagsFromString } from 'node:v8';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Random, streamKey } from '../../network/random.ts';
import { initialParameters } from '../../network/initialise.ts';
import { OPTIMIZER_IDS, OPTIMIZERS, type OptimizerId } from '../../network/optimizers/registry.ts';
import { ACTIVATIONS, denseNetwork, type Activation } from '../../network/spec.ts';
import type { LayerSpec } from '../../network/layers/layers.ts';
import { MIXTURE, type LabelTable, type StageSpec } from '../contract.ts';
import { imagesOf } from '../ends.ts';
import { Ledger } from '../ledger.ts';
import { Heap } from './heap.ts';
import type { Build } from './kernels.ts';
import { loadKernels, type LoadedKernels } from './load-kernels.ts';
import { sumBlocks, shardBlocks, stageMemory } from './memory.ts';
import { CpuShard } from './shard.ts';
import { CpuStage } from './stage.ts';

setFlagsFromString('--experimental-wasm-relaxed-simd');

const CLASSES = 11;
const PIXELS = 150;
const READ = { pixels: PIXELS, scale: 1 / 255, shift: -0.5 };
/** Two whole batches and a short one, of sizes that no number of threads divides. */
const BATCH = 27;
const IMAGES = 2 * BATCH + 10;

const random = Random.for(1, 'threads');
const images = Uint8Array.from({ length: IMAGES * PIXELS }, () => random.below(256));
const labels = Uint8Array.from({ length: IMAGES }, () => random.below(CLASSES));
const order = Uint32Array.from({ length: IMAGES }, (_, i) => (i * 7) % IMAGES);
const learningRates = new Float32Array(3).fill(1e-3);

/** Wide enough that every thread has tiles of every layer, and odd enough that they have not the same number. */
function layersOf(activation: Activation, inputs: number, outputs: number): LayerSpec[] {
  const hidden = denseNetwork(inputs, [140, 61, 300], outputs, activation);
  return hidden.flatMap((layer, index) =>
    index === 1 ? [layer, { kind: 'layer-norm', width: 61 } as const] : [layer],
  );
}

function specOf(
  layers: readonly LayerSpec[],
  optimizer: OptimizerId,
  more: Partial<StageSpec> = {},
): StageSpec {
  return {
    layers,
    parameters: initialParameters(layers, 3),
    batch: BATCH,
    optimizer,
    decay: 0.01,
    source: { kind: 'images', ...READ },
    objective: { kind: 'classes', classes: CLASSES },
    training: 'local',
    ...more,
  };
}

const bits = (values: Float32Array): number[] => [
  ...new Uint32Array(values.buffer, values.byteOffset, values.length),
];

/** Some threads with a memory, and what is built there. */
class Workshop {
  readonly ledger = new Ledger();
  private readonly heap: Heap;
  private readonly loaded: LoadedKernels;

  constructor(loaded: LoadedKernels) {
    this.loaded = loaded;
    this.heap = new Heap(loaded.memory, loaded.kernels.heapBase(), this.ledger);
  }

  /** Everything the work leaves, which does not let the memory grow. */
  async done(spec: StageSpec, work: (stage: CpuStage) => Promise<number[][]>): Promise<number[][]> {
    const stage = new CpuStage(spec, this.heap, this.loaded.kernels, () => {});
    const loaded = imagesOf(spec.source) ? [IMAGES] : [];
    if (loaded.length > 0) await stage.load('train', images, labels);
    expect(this.ledger.read().byKind).toEqual(stageMemory(spec, loaded, this.loaded.kernels.threads));
    const size = this.loaded.memory.buffer.byteLength;
    const left = await work(stage);
    expect(this.loaded.memory.buffer.byteLength).toBe(size);
    const { moments } = await stage.readOptimizer();
    left.push(...[await stage.readParameters(), ...moments].map(bits));
    stage.dispose();
    expect(this.ledger.read().total).toBe(0);
    return left;
  }

  async shard(optimizer: OptimizerId): Promise<number[]> {
    const values = new Float32Array(10_001).map((_, i) => Math.sin(i));
    const shard = new CpuShard(values, optimizer, 0.01, this.heap, this.loaded.kernels, () => {});
    const { moments } = OPTIMIZERS[optimizer];
    const blocks = shardBlocks(values.length, moments);
    expect(this.ledger.read().byKind).toEqual(sumBlocks([...Object.values(blocks)].flat()));
    for (let step = 0; step < 2; step++) {
      await shard.writeGradients(values.map((value) => value * value - 0.3));
      await shard.optimizerStep(0.01);
    }
    const left = bits(await shard.read());
    shard.dispose();
    return left;
  }
}

const table = (width: number): LabelTable => ({
  classes: CLASSES,
  width,
  values: Float32Array.from({ length: CLASSES * width }, () => random.below(100) / 50 - 1),
});
const [eaten, learned] = [table(90), table(45)];
const mixture = {
  kind: 'labels',
  classes: Uint8Array.from({ length: IMAGES * MIXTURE }, () => random.below(CLASSES)),
  weights: Float32Array.from({ length: IMAGES * MIXTURE }, (_, i) => [0.6, 0.3, 0.1, 0][i % MIXTURE]),
  targets: labels,
} as const;

describe.each(['relaxed', 'plain'] as const)('threads that share a stage, %s build', (build: Build) => {
  const teams = new Map<number, LoadedKernels>();
  beforeAll(async () => {
    for (const threads of [1, 2, 3, 4]) {
      const loaded = await loadKernels(build, threads);
      teams.set(threads, loaded);
      expect(await loaded.helpers.recruit()).toBe(threads - 1);
    }
  });
  afterAll(() => teams.forEach(({ helpers }) => helpers.dismiss()));

  /** Asserts that two, three and four threads leave what one leaves. */
  async function sameBits(work: (workshop: Workshop) => Promise<unknown>): Promise<void> {
    const alone = await work(new Workshop(teams.get(1)!));
    for (const threads of [2, 3, 4]) expect(await work(new Workshop(teams.get(threads)!))).toEqual(alone);
  }

  it.each(OPTIMIZER_IDS.map((id, index) => [id, ACTIVATIONS[index % ACTIVATIONS.length]] as const))(
    'train to the same bits however many they are: %s, %s',
    async (optimizer, activation) => {
      const spec = specOf(layersOf(activation, PIXELS, CLASSES), optimizer);
      await sameBits((workshop) =>
        workshop.done(spec, async (stage) => {
          const result = await stage.train({ batches: { kind: 'images', order }, learningRates });
          return [bits(result.losses), [...result.correct]];
        }),
      );
      await sameBits((workshop) => workshop.shard(optimizer));
    },
  );

  it('train on labels to the same bits, and count the nearest alike', async () => {
    const spec = specOf(layersOf('relu', 90, 45), 'adam', {
      source: { kind: 'labels', table: eaten, noise: 0.5, noiseKey: streamKey(7, 'noise') },
      objective: { kind: 'labels', table: learned, scale: 1 },
    });
    const values = new Float32Array(IMAGES * 90).map((_, i) => Math.cos(i));
    await sameBits((workshop) =>
      workshop.done(spec, async (stage) => {
        const { losses } = await stage.train({ batches: mixture, learningRates });
        const input = { kind: 'activations', count: IMAGES, values, targets: labels } as const;
        const { output, score } = await stage.infer(input, { output: true, score: true });
        return [bits(losses), bits(output!), [score!.loss, score!.correct]];
      }),
    );
  });

  it('train on labels over fixed layers to the same bits', async () => {
    const over = (width: number) => {
      const layers = layersOf('linear', PIXELS, width);
      return { layers, parameters: initialParameters(layers, 3), table: table(width) };
    };
    const swap = { share: 0.9, key: streamKey(7, 'swap') };
    const spec = specOf(layersOf('relu', 90, 45), 'adam', {
      source: { ...READ, kind: 'fixed', fixed: over(90), noise: 0.5, noiseKey: streamKey(7, 'noise'), swap },
      objective: { kind: 'fixed', fixed: over(45), scale: 1 },
    });
    await sameBits((workshop) =>
      workshop.done(spec, async (stage) => {
        const { losses } = await stage.train({ batches: { kind: 'images', order }, learningRates });
        return [bits(losses)];
      }),
    );
  });

  it('exchange the same bits with the stages beside them', async () => {
    const spec = specOf(layersOf('tanh', 70, 50), 'momentum', {
      source: { kind: 'activations', shape: [70] },
      objective: null,
      training: 'exchange',
      inFlight: 2,
    });
    const input = (seed: number) => new Float32Array(BATCH * 70).map((_, i) => Math.sin(i * seed));
    await sameBits((workshop) =>
      workshop.done(spec, async (stage) => {
        const left: number[][] = [];
        for (const microBatch of [0, 1]) {
          const values = input(microBatch + 1);
          const { output } = await stage.forward(microBatch, { kind: 'activations', count: BATCH, values });
          left.push(bits(output!));
        }
        for (const microBatch of [0, 1]) {
          const gradient = new Float32Array(BATCH * 50).map((_, i) => Math.cos(i + microBatch));
          left.push(bits((await stage.backward(microBatch, { gradient, divisor: 2 * BATCH }))!));
        }
        left.push(bits(await stage.readGradients()));
        await stage.optimizerStep(0.01);
        return [...left, bits(await stage.readGradients())];
      }),
    );
  });

  it('can do all that one can', () => {
    const [one, several] = [1, 2].map((threads) => Object.keys(teams.get(threads)!.kernels));
    expect(several).toEqual(expect.arrayContaining(one));
  });

  it('all work', async () => {
    const { kernels, memory } = teams.get(3)!;
    const base = Math.ceil(kernels.heapBase() / 64) * 64;
    const floats = new Float32Array(memory.buffer, base);
    // Each thread leaves the sample that it compares last in a room of its own, behind 64 samples of four units.
    const rows = [0, 1, 2].map((thread) => (64 * 16 + thread * 2 * 16) / 4);
    floats.fill(1, 0, 64 * 4);
    floats.fill(0, rows[0], rows[2] + 8);
    const [y, targets, table, row] = [base, base + 4096, base + 8192, base + rows[0] * 4];
    while (rows.some((at) => floats[at] === 0)) {
      kernels.countNearest(y, targets, table, 2, 4, 2, 0, 64, row);
    }
  });

  it('measure a peak whose pieces are all asked for: what nobody asks for, a compiler leaves out', () => {
    for (const [threads, { kernels }] of teams) {
      if (threads > 1) expect(kernels.peak(10_000, 0.5, 1)).toBeGreaterThan(1);
    }
  });

  it('do not wait for ever for one that fails', async () => {
    const { kernels, helpers } = await loadKernels(build, 2);
    await helpers.recruit();
    // No such rule: whoever begins stops.
    expect(() => kernels.update(99, 0, 0, 0, 0, 100_000, 0, 0, 0)).toThrow(WebAssembly.RuntimeError);
    helpers.dismiss();
  });
});
