import { describe, expect, it } from 'vitest';
import { initialParameters } from '../../network/initialise.ts';
import { denseNetwork } from '../../network/spec.ts';
import { countParameters } from '../../network/layers/layers.ts';
import { describeEngine } from '../contract-tests/index.ts';
import type { StageSpec } from '../contract.ts';
import { createTfjsEngine } from './engine.ts';
import { tfjsEngine } from './index.ts';
import { backendOrder } from './order.ts';

describeEngine('tfjs on its CPU backend', () => createTfjsEngine({ backend: 'cpu' }));

const layers = denseNetwork(12, [16, 16], 4, 'relu');
const spec: StageSpec = {
  layers,
  parameters: initialParameters(layers, 1),
  batch: 8,
  optimizer: 'adam',
  decay: 0,
  source: { kind: 'images', pixels: 12, scale: 1 / 255, shift: 0 },
  objective: { kind: 'classes', classes: 4 },
  training: 'local',
};
const images = Uint8Array.from({ length: 16 * 12 }, (_, i) => (i * 37) % 256);
const labels = Uint8Array.from({ length: 16 }, (_, i) => i % 4);
const order = Uint32Array.from({ length: 16 }, (_, i) => i);
const request = {
  batches: { kind: 'images', order },
  learningRates: new Float32Array([0.01, 0.01]),
} as const;

describe('the TensorFlow.js engine', () => {
  it('shares a thread with another of its kind without mixing their tensors', async () => {
    const engines = [await createTfjsEngine({ backend: 'cpu' }), await createTfjsEngine({ backend: 'cpu' })];
    const stages = await Promise.all(engines.map((engine) => engine.stage(spec)));
    for (const stage of stages) await stage.load('train', images, labels);
    const together = await Promise.all(stages.map((stage) => stage.train(request)));
    expect([...together[0].losses]).toEqual([...together[1].losses]);
    await engines[0].dispose();
    await stages[1].train(request);
    await engines[1].dispose();
  });

  it('leaves no tensor behind when its stages are gone', async () => {
    const engine = await createTfjsEngine({ backend: 'cpu' });
    const before = engine.tensorFlowMemory().live;
    const stage = await engine.stage({ ...spec, training: 'exchange', inFlight: 2 });
    await stage.load('train', images, labels);
    await stage.forward(0, { kind: 'images', split: 'train', order });
    await stage.backward(0, { divisor: 16 });
    await stage.forward(1, { kind: 'images', split: 'train', order });
    await stage.optimizerStep(0.1);
    await stage.infer({ kind: 'images', split: 'train', order }, { output: true, score: true });
    expect(engine.tensorFlowMemory().live).toBeGreaterThan(before);
    stage.dispose();
    expect(engine.tensorFlowMemory().live).toBe(before);
    await engine.dispose();
  });

  it('enters activations and temporary tensors into the peak of a step', async () => {
    const engine = await createTfjsEngine({ backend: 'cpu' });
    const stage = await engine.stage(spec);
    await stage.load('train', images, labels);
    engine.resetPeak();
    await stage.train(request);
    const { byKind, peakByKind } = engine.memory();
    expect(peakByKind.activations).toBe(4 * 8 * (12 + 16 + 16 + 4));
    // At the fullest one layer's gradient and its update are alive.
    expect(peakByKind.workspace).toBeGreaterThan(4 * 16 * 16);
    expect(peakByKind.workspace).toBeLessThan(16 * 4 * countParameters(layers));
    expect(byKind.activations).toBe(0);
    await engine.dispose();
  });

  it('says what it runs on and tells both of TensorFlow.js memory numbers by their names', async () => {
    const engine = await createTfjsEngine({ backend: 'cpu' });
    expect(engine.about.name).toMatch(/^TensorFlow\.js 4\.\d+\.\d+ on CPU/);
    expect(engine.about.software).toBe(true);
    const details = Object.keys(engine.about.details).join();
    expect(details).toContain('numBytesInGPU');
    expect(details).toContain('numBytesAllocatedInGPU');
    await engine.dispose();
    expect((await engine.lost).reason).toBe('destroyed');
  });

  it('refuses images that do not fill their pixels, and gradients on a local stage, with sentences', async () => {
    const engine = await createTfjsEngine({ backend: 'cpu' });
    const stage = await engine.stage(spec);
    await expect(stage.load('train', images.subarray(1), labels)).rejects.toThrow(
      /Expected 192 bytes of images, found 191/,
    );
    await expect(stage.optimizerStep(0.1)).rejects.toThrow(/trains locally/);
    await expect(stage.train(request)).rejects.toThrow(/load them first/);
    await engine.dispose();
  });

  it('says why a backend that was asked for cannot start', async () => {
    await expect(createTfjsEngine({ backend: 'webgl' })).rejects.toThrow(/WebGL: .*OffscreenCanvas/);
  });

  it('is there even where there is no GPU', async () => {
    expect(await tfjsEngine.available()).toMatchObject({ ok: true, software: true });
  });
});

describe('the order of backends', () => {
  const gpu = (info: Partial<GPUAdapterInfo>) =>
    ({ requestAdapter: async () => ({ info: { description: '', ...info } }) }) as unknown as GPU;

  it('is WebGPU first on hardware', async () => {
    expect(await backendOrder(gpu({ vendor: 'nvidia', isFallbackAdapter: false }))).toEqual([
      'webgpu',
      'cpu',
    ]);
  });
  it('keeps software WebGPU before nothing but the CPU', async () => {
    expect(await backendOrder(gpu({ vendor: 'google', isFallbackAdapter: true }))).toEqual(['webgpu', 'cpu']);
  });
  it('is the CPU alone without a GPU', async () => {
    expect(await backendOrder(undefined)).toEqual(['cpu']);
  });
  it('does without WebGPU when asking for an adapter fails', async () => {
    const broken = { requestAdapter: () => Promise.reject(new Error('blocked')) } as unknown as GPU;
    expect(await backendOrder(broken)).toEqual(['cpu']);
  });
});
