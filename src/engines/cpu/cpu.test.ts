import { setFlagsFromString } from 'node:v8';
import { describe, expect, it, vi } from 'vitest';
import { initialParameters } from '../../network/initialise.ts';
import { Random, streamKey } from '../../network/random.ts';
import { denseNetwork } from '../../network/spec.ts';
import { countParameters, inputSize } from '../../network/layers/layers.ts';
import { MIXTURE, type StageSpec } from '../contract.ts';
import { fixedLayers } from '../contract-tests/ends.ts';
import { describeEngine } from '../contract-tests/index.ts';
import { MEMORY_KINDS } from '../ledger.ts';
import { createCpuEngine, cpuEngine } from './index.ts';
import { supportedBuilds } from './kernels.ts';
import { stageMemory } from './memory.ts';

// Node 20 has relaxed SIMD behind a flag; later ones always. Set here, so that both builds are tested everywhere.
setFlagsFromString('--experimental-wasm-relaxed-simd');

describeEngine('cpu, relaxed SIMD', () => createCpuEngine('relaxed'));
describeEngine('cpu, plain SIMD', () => createCpuEngine('plain'));
describeEngine('cpu, on three threads', () => createCpuEngine('relaxed', { threads: 3 }));

/** A stage fed by images. */
function imageStage(widths: readonly number[], more: Partial<StageSpec> = {}): StageSpec {
  const [pixels, classes] = [widths[0], widths[widths.length - 1]];
  const layers = denseNetwork(pixels, widths.slice(1, -1), classes, 'relu');
  return {
    layers,
    parameters: initialParameters(layers, 3),
    batch: 8,
    optimizer: 'adam',
    decay: 0,
    source: { kind: 'images', pixels, scale: 1 / 255, shift: -0.5 },
    objective: { kind: 'classes', classes },
    training: 'local',
    ...more,
  };
}

function images(pixels: number, classes: number, count: number) {
  const random = Random.for(1, 'test-images');
  return {
    bytes: Uint8Array.from({ length: count * pixels }, () => random.below(256)),
    labels: Uint8Array.from({ length: count }, () => random.below(classes)),
    order: random.permutation(count),
  };
}

describe('the CPU engine', () => {
  it('prefers the relaxed build and says what it runs on', async () => {
    expect(supportedBuilds()).toEqual(['relaxed', 'plain']);
    expect(await cpuEngine.available()).toEqual({
      ok: true,
      name: 'WebAssembly, relaxed SIMD, revision 2',
      software: true,
    });
    const engine = await cpuEngine.create();
    expect(engine.about).toMatchObject({ engine: 'cpu', name: 'WebAssembly, relaxed SIMD, revision 2' });
    await engine.dispose();
    expect(await engine.lost).toMatchObject({ reason: 'destroyed' });
    await expect(engine.stage(imageStage([4, 2]))).rejects.toThrow(/closed/);
  });

  const table = (classes: number, width: number) => ({
    classes,
    width,
    values: new Float32Array(classes * width),
  });
  it.each<[string, StageSpec, number[]]>([
    ['local, images to classes', imageStage([784, 513, 47]), [30, 7]],
    ['one layer of one unit', imageStage([1, 1], { batch: 1, optimizer: 'sgd' }), [1]],
    [
      'exchange with three in flight',
      imageStage([7, 47, 13, 5], { training: 'exchange', inFlight: 3, optimizer: 'momentum' }),
      [11],
    ],
    [
      'labels to labels',
      imageStage([9, 12, 11], {
        source: { kind: 'labels', table: table(6, 9), noise: 0.5, noiseKey: { a: 1, b: 2 } },
        objective: { kind: 'labels', table: table(6, 11), scale: 1 },
      }),
      [],
    ],
    [
      'images to labels and classes',
      imageStage([9, 11], {
        objective: { kind: 'hybrid', table: table(6, 11), scale: 1, weight: 1, sharpness: 1 },
      }),
      [5],
    ],
    [
      'labels over fixed layers to others',
      imageStage([9, 11], {
        source: {
          kind: 'fixed',
          ...{ pixels: 5, scale: 1, shift: 0 },
          fixed: { ...fixedLayers(5, 9), table: table(6, 9) },
          noise: 1,
          noiseKey: { a: 1, b: 2 },
        },
        objective: { kind: 'fixed', fixed: { ...fixedLayers(5, 11), table: table(6, 11) }, scale: 1 },
      }),
      [],
    ],
    [
      'a middle stage',
      imageStage([11, 9, 5], {
        source: { kind: 'activations', shape: [11] },
        objective: null,
        training: 'exchange',
      }),
      [],
    ],
  ])('knows its memory in advance, to the byte: %s', async (_, spec, loaded) => {
    const engine = await createCpuEngine();
    const stage = await engine.stage(spec);
    for (const [index, count] of loaded.entries()) {
      const { bytes, labels } = images(inputSize(spec.layers), 1, count);
      await stage.load(index === 0 ? 'train' : 'test', bytes, labels);
    }
    const { byKind, total } = engine.memory();
    expect(byKind).toEqual(stageMemory(spec, loaded));
    expect(total).toBe(MEMORY_KINDS.reduce((sum, kind) => sum + byKind[kind], 0));
    expect(byKind.parameters).toBe(4 * countParameters(spec.layers));
    stage.dispose();
    expect(engine.memory().total).toBe(0);
    await engine.dispose();
  });

  it('lets messages through while it trains, without changing the result', async () => {
    // Ten steps in one call; a message sent before them must arrive before they end. However fast this machine is, each
    // look at the clock finds that long enough was worked.
    let time = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (time += 1000));
    const spec = imageStage([784, 512, 512, 47], { batch: 128 });
    const { bytes, labels, order } = images(784, 47, 1280);
    const request = {
      batches: { kind: 'images', order } as const,
      learningRates: new Float32Array(10).fill(1e-3),
    };
    const engine = await createCpuEngine();
    const stage = await engine.stage(spec);
    await stage.load('train', bytes, labels);
    const events: string[] = [];
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      events.push('message');
      port1.close();
    };
    port2.postMessage(null);
    const first = await stage.train(request);
    events.push('trained');
    expect(events).toEqual(['message', 'trained']);
    vi.restoreAllMocks();
    stage.dispose();
    const again = await engine.stage(spec);
    await again.load('train', bytes, labels);
    const losses: number[] = [];
    for (let step = 0; step < 10; step++) {
      const part = order.subarray(step * 128, (step + 1) * 128);
      const result = await again.train({
        batches: { kind: 'images', order: part },
        learningRates: request.learningRates.subarray(step, step + 1),
      });
      losses.push(...result.losses);
    }
    expect(losses).toEqual([...first.losses]);
    await engine.dispose();
  });

  it('stops with a sentence when its stage is released in the middle of training', async () => {
    const engine = await createCpuEngine();
    const stage = await engine.stage(imageStage([784, 512, 512, 47], { batch: 128 }));
    const { bytes, labels } = images(784, 47, 128);
    await stage.load('train', bytes, labels);
    const order = new Uint32Array(128 * 1000);
    const training = stage.train({
      batches: { kind: 'images', order },
      learningRates: new Float32Array(1000),
    });
    setImmediate(() => stage.dispose());
    await expect(training).rejects.toThrow(/was released/);
    expect(engine.memory().total).toBe(0);
    await expect(stage.readParameters()).rejects.toThrow(/was released/);
    await engine.dispose();
  });

  it('infers while every micro-batch is in flight, and disturbs none', async () => {
    const spec = imageStage([20, 12, 5], { training: 'exchange', inFlight: 2 });
    const { bytes, labels, order } = images(20, 5, 16);
    const engine = await createCpuEngine();
    const gradients = [];
    for (const disturbed of [false, true]) {
      const stage = await engine.stage(spec);
      await stage.load('train', bytes, labels);
      const held = engine.memory().total;
      for (const microBatch of [0, 1]) {
        const part = order.subarray(microBatch * 8, microBatch * 8 + 8);
        await stage.forward(microBatch, { kind: 'images', split: 'train', order: part });
      }
      if (disturbed) {
        await stage.infer({ kind: 'images', split: 'train', order: new Uint32Array(30) }, { score: true });
      }
      for (const microBatch of [0, 1]) await stage.backward(microBatch, { divisor: 16 });
      gradients.push([...(await stage.readGradients())]);
      expect(engine.memory().total).toBe(held);
      stage.dispose();
    }
    expect(gradients[1]).toEqual(gradients[0]);
    await engine.dispose();
  });

  it('keeps stages apart, also when memory has grown and been used again', async () => {
    const engine = await createCpuEngine();
    const spec = imageStage([20, 12, 5]);
    const first = await engine.stage(spec);
    const doomed = await engine.stage(imageStage([100, 100, 5]));
    const large = await engine.stage(imageStage([300, 300, 5]));
    doomed.dispose();
    const second = await engine.stage(imageStage([50, 50, 5]));
    expect([...(await first.readParameters())]).toEqual([...spec.parameters]);
    expect([...(await large.readParameters())]).toEqual([...large.spec.parameters]);
    expect([...(await second.readParameters())]).toEqual([...second.spec.parameters]);
    await engine.dispose();
    expect(engine.memory().total).toBe(0);
  });

  it('trains the same in memory that another stage has left full of other numbers', async () => {
    const engine = await createCpuEngine();
    const spec = imageStage([21, 13, 5], { batch: 6 });
    // An engine lets its memory go with its last stage; this one keeps it.
    const keeper = await engine.stage(imageStage([4, 2]));
    const { bytes, labels, order } = images(21, 5, 16);
    const results = [];
    for (let run = 0; run < 2; run++) {
      const stage = await engine.stage(spec);
      await stage.load('train', bytes, labels);
      await stage.train({
        batches: { kind: 'images', order },
        learningRates: new Float32Array(3).fill(0.01),
      });
      results.push([...(await stage.readParameters())]);
      stage.dispose();
      const dirty = await engine.stage(imageStage([40, 40, 5]));
      await dirty.writeParameters(new Float32Array(dirty.spec.parameters.length).fill(NaN));
      dirty.dispose();
    }
    expect(results[1]).toEqual(results[0]);
    keeper.dispose();
    await engine.dispose();
  });

  it('refuses what it cannot do, with sentences', async () => {
    const engine = await createCpuEngine();
    const stage = await engine.stage(imageStage([20, 12, 5]));
    const { bytes, labels } = images(20, 5, 16);
    const learningRates = new Float32Array(2);
    const train = (order: Uint32Array) => stage.train({ batches: { kind: 'images', order }, learningRates });
    await expect(train(new Uint32Array(16))).rejects.toThrow(/load them first/);
    await expect(stage.load('train', bytes.subarray(1), labels)).rejects.toThrow(/Expected 320 .* found 319/);
    await expect(
      stage.load(
        'train',
        bytes,
        labels.map(() => 5),
      ),
    ).rejects.toThrow(/below 5, .* is 5/);
    await stage.load('train', bytes, labels);
    await expect(train(new Uint32Array(17))).rejects.toThrow(/17 samples make 3 batches of 8, but 2/);
    await expect(train(new Uint32Array(16).fill(16))).rejects.toThrow(/below 16/);
    await expect(stage.readGradients()).rejects.toThrow(/local training has no gradients/);
    await expect(stage.optimizerStep(0.1)).rejects.toThrow(/cannot exchange/);
    await expect(engine.stage(imageStage([20, 12, 5], { batch: 0 }))).rejects.toThrow(/found 0/);
    await expect(
      engine.stage(imageStage([20, 5], { objective: { kind: 'classes', classes: 6 } })),
    ).rejects.toThrow(/Expected 5|Expected 6/);
    expect(await train(new Uint32Array(16))).toMatchObject({ correct: expect.anything() });
    await engine.dispose();
  });

  it('says so when there is not enough memory, and holds nothing then', async () => {
    const engine = await createCpuEngine();
    // Activations of 2²⁸ samples × 8 units are 8 GiB, twice what 32-bit addresses reach.
    await expect(engine.stage(imageStage([4, 2], { batch: 2 ** 28 }))).rejects.toThrow(/not enough memory/);
    expect(engine.memory().total).toBe(0);
    const stage = await engine.stage(imageStage([4, 2]));
    stage.dispose();
    await engine.dispose();
  });

  it('draws the noise of the shared generator, the same numbers wherever training is interrupted', async () => {
    const width = 13;
    const layers = [{ kind: 'dense', inputs: width, outputs: 3, activation: 'linear' }] as const;
    const values = Float32Array.from({ length: 2 * width }, (_, i) => i / 10);
    const spec: StageSpec = {
      ...imageStage([width, 3]),
      layers,
      source: {
        kind: 'labels',
        table: { classes: 2, width, values },
        noise: 0.5,
        noiseKey: streamKey(4, 'n'),
      },
    };
    const count = 20;
    const weights = Float32Array.from({ length: count * MIXTURE }, (_, i) => [0.75, 0.25, 0, 0][i % MIXTURE]);
    // Unused slots may name classes that do not exist.
    const classes = Uint8Array.from({ length: count * MIXTURE }, (_, i) => [0, 1, 255, 255][i % MIXTURE]);
    const targets = new Uint8Array(count);
    const engine = await createCpuEngine();
    const whole = await engine.stage(spec);
    const learningRates = Float32Array.from([0.1, 0.1, 0.1]);
    await whole.train({ batches: { kind: 'labels', classes, weights, targets }, learningRates });
    const parts = await engine.stage(spec);
    for (const [from, to] of [
      [0, 8],
      [8, 20],
    ]) {
      await parts.train({
        batches: {
          kind: 'labels',
          classes: classes.subarray(from * MIXTURE, to * MIXTURE),
          weights: weights.subarray(from * MIXTURE, to * MIXTURE),
          targets: targets.subarray(from, to),
        },
        learningRates: learningRates.subarray(0, Math.ceil((to - from) / 8)),
      });
    }
    expect([...(await parts.readParameters())]).toEqual([...(await whole.readParameters())]);
    await engine.dispose();
  });
});
