import { describe, expect, it } from 'vitest';
import { initialParameters } from '../../network/initialise.ts';
import { Random } from '../../network/random.ts';
import { denseNetwork } from '../../network/spec.ts';
import { fixedLayers } from '../contract-tests/ends.ts';
import { describeEngine } from '../contract-tests/index.ts';
import type { Engine, StageSpec } from '../contract.ts';
import { MEMORY_KINDS } from '../ledger.ts';
import { installDawn } from '../dawn.ts';
import { createWebgpuEngine } from './index.ts';
import { REGISTER_TILE, tileName, TILES, type Tile } from './kernels/tile.ts';
import { stageMemory } from './memory.ts';
import { memoryStore, type TuningStore } from './tuning-store.ts';

const gpu = installDawn();

describeEngine('webgpu', () => createWebgpuEngine({ gpu }));

const PIXELS = 20;
const SAMPLES = 50;

function imageStage(hidden: readonly number[], more: Partial<StageSpec> = {}): StageSpec {
  const layers = denseNetwork(PIXELS, hidden, 10, 'tanh');
  return {
    layers,
    parameters: initialParameters(layers, 3),
    batch: 20,
    optimizer: 'adam',
    decay: 0,
    source: { kind: 'images', pixels: PIXELS, scale: 1 / 255, shift: -0.5 },
    objective: { kind: 'classes', classes: 10 },
    training: 'local',
    ...more,
  };
}

/** Three steps, the last on a short batch; what they lead to. */
async function train(engine: Engine, spec: StageSpec) {
  const random = Random.for(1, 'test-images');
  const stage = await engine.stage(spec);
  const images = Uint8Array.from({ length: SAMPLES * PIXELS }, () => random.below(256));
  await stage.load(
    'train',
    images,
    Uint8Array.from({ length: SAMPLES }, () => random.below(10)),
  );
  const order = random.permutation(SAMPLES);
  const learningRates = new Float32Array([0.01, 0.01, 0.01]);
  const { losses } = await stage.train({ batches: { kind: 'images', order }, learningRates });
  const { moments } = await stage.readOptimizer();
  const parameters = await stage.readParameters();
  stage.dispose();
  return { losses, moments, parameters };
}

/** Says that one tile has been chosen already. */
const always = (tile: Tile): TuningStore => ({
  get: async () => ({ tile: tileName(tile), gflops: 1 }),
  set: async () => {},
});

describe('tiles', () => {
  // Wider and narrower than a tile, and not a multiple of one.
  const spec = imageStage([132, 12]);
  const options = (tile: Tile) => ({ gpu, tuning: { enabled: true, store: always(tile) } });

  it('give the same bits, whichever is chosen', async () => {
    const plain = await createWebgpuEngine(options(REGISTER_TILE));
    const expected = await train(plain, spec);
    await plain.dispose();
    // A software adapter takes seconds to compile each: one of every depth and share of a thread, and the widest.
    const [widest, , square, narrow, , deep] = TILES;
    expect(
      new Set([square, narrow, deep].map((tile) => 'depth' in tile && `${tile.depth} ${tile.perThread}`))
        .size,
    ).toBe(3);
    for (const tile of [widest, square, narrow, deep]) {
      const engine = await createWebgpuEngine(options(tile));
      expect(await train(engine, spec), tileName(tile)).toEqual(expected);
      expect(new Set(engine.tuned!().map(({ kernel }) => kernel))).toEqual(new Set([tileName(tile)]));
      await engine.dispose();
    }
  });

  it('are tried once per product and shape, remembered, and leave nothing behind', async () => {
    const store = memoryStore();
    const asked: string[] = [];
    const spy: TuningStore = {
      get: (key) => store.get(key),
      set: (key, value) => {
        asked.push(key);
        return store.set(key, value);
      },
    };
    const tuning = { enabled: true, store: spy, tiles: [TILES[5], REGISTER_TILE] };
    const first = await createWebgpuEngine({ gpu, tuning });
    await train(first, imageStage([16, 16, 16]));
    expect(first.memory().total).toBe(0);
    // The last layer's 10 classes are no whole vectors and have no choice: 20 → 16 and 16 → 16 remain, of which the
    // first layer has no input gradient.
    const names = first.tuned!().map(({ product, inputs, outputs }) => `${product} ${inputs} ${outputs}`);
    expect(names.sort()).toEqual([
      'forward 16 16',
      'forward 20 16',
      'input gradient 16 16',
      'weight gradient 16 16',
      'weight gradient 20 16',
    ]);
    for (const { gflops } of first.tuned!()) expect(gflops).toBeGreaterThan(0);
    expect(asked).toHaveLength(5);
    const second = await createWebgpuEngine({ gpu, tuning });
    await train(second, imageStage([16, 16, 16]));
    expect(asked).toHaveLength(5);
    expect(
      second.tuned!()
        .map(({ kernel }) => kernel)
        .sort(),
    ).toEqual(
      first.tuned!()
        .map(({ kernel }) => kernel)
        .sort(),
    );
    await first.dispose();
    await second.dispose();
  });

  it('are not tried on a software adapter', async () => {
    const engine = await createWebgpuEngine({ gpu });
    expect(engine.about.software).toBe(true);
    await train(engine, imageStage([16]));
    expect(engine.tuned!()).toEqual([]);
    await engine.dispose();
  });
});

describe('the WebGPU engine', () => {
  const table = (classes: number, width: number) => ({
    classes,
    width,
    values: new Float32Array(classes * width),
  });
  it.each<[string, StageSpec, number[]]>([
    ['local, images to classes', imageStage([33, 16]), [30, 7]],
    [
      'exchange with three in flight',
      imageStage([13], { training: 'exchange', inFlight: 3, optimizer: 'momentum' }),
      [11],
    ],
    [
      'labels to labels',
      imageStage([12], {
        source: { kind: 'labels', table: table(6, PIXELS), noise: 0.5, noiseKey: { a: 1, b: 2 } },
        objective: { kind: 'labels', table: table(6, 10), scale: 1 },
      }),
      [],
    ],
    [
      'labels over fixed layers to others',
      imageStage([12], {
        source: {
          kind: 'fixed',
          ...{ pixels: PIXELS, scale: 1, shift: 0 },
          fixed: { ...fixedLayers(PIXELS, PIXELS), table: table(6, PIXELS) },
          noise: 1,
          noiseKey: { a: 1, b: 2 },
        },
        objective: { kind: 'fixed', fixed: { ...fixedLayers(PIXELS, 10), table: table(6, 10) }, scale: 1 },
      }),
      [11],
    ],
    [
      'images to labels and classes',
      imageStage([10], {
        objective: { kind: 'hybrid', table: table(6, 10), scale: 1, weight: 1, sharpness: 1 },
      }),
      [11],
    ],
  ])('knows its memory in advance, to the byte: %s', async (_, spec, loaded) => {
    const engine = await createWebgpuEngine({ gpu });
    const stage = await engine.stage(spec);
    for (const [index, count] of loaded.entries()) {
      await stage.load(index === 0 ? 'train' : 'test', new Uint8Array(count * PIXELS), new Uint8Array(count));
    }
    const { byKind, total } = engine.memory();
    expect(byKind).toEqual(stageMemory(spec, loaded));
    expect(total).toBe(MEMORY_KINDS.reduce((sum, kind) => sum + byKind[kind], 0));
    stage.dispose();
    expect(engine.memory().total).toBe(0);
    await engine.dispose();
  });

  it('says so when its device is gone, and refuses to go on', async () => {
    const engine = await createWebgpuEngine({ gpu });
    const stage = await engine.stage(imageStage([8]));
    await engine.dispose();
    expect(await engine.lost).toMatchObject({ reason: 'destroyed', message: 'The device was closed.' });
    await expect(stage.readParameters()).rejects.toThrow(/released|closed/);
    await expect(engine.stage(imageStage([8]))).rejects.toThrow('The device was closed.');
  });

  it('refuses a layer larger than the adapter allows, says what to do, and keeps nothing', async () => {
    const engine = await createWebgpuEngine({ gpu });
    // 30,000 × 30,000 parameters are 3.6 GB in one piece; no adapter binds that much.
    const layers = denseNetwork(30_000, [], 30_000, 'relu');
    const spec = { ...imageStage([8]), layers, parameters: { length: 30_000 * 30_001 } as Float32Array };
    const wide: StageSpec = {
      ...spec,
      source: { kind: 'activations', shape: [30_000] },
      objective: null,
      training: 'exchange',
    };
    await expect(engine.stage(wide)).rejects.toThrow(/needs 3600 MB in one piece .* narrower layers/);
    expect(engine.memory().total).toBe(0);
    await engine.dispose();
  });

  it('says in a sentence why it cannot start', async () => {
    await expect(createWebgpuEngine({ gpu: undefined })).resolves.toBeDefined();
    const none = { requestAdapter: async () => null } as unknown as GPU;
    await expect(createWebgpuEngine({ gpu: none })).rejects.toThrow(/offers no graphics card/);
  });
});
