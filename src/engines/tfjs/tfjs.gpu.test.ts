/**
 * What only a GPU shows. The arithmetic is held to the contract on the CPU backend (`tfjs.test.ts`) and, on WebGPU, by
 * `agreement.gpu.test.ts`; the whole contract here would take two minutes of shader compilation.
 */
import { describe, expect, it } from 'vitest';
import { initialParameters } from '../../network/initialise.ts';
import { denseNetwork } from '../../network/spec.ts';
import type { StageSpec } from '../contract.ts';
import { installDawn } from '../dawn.ts';
import { createTfjsEngine } from './engine.ts';
import { tfjsEngine } from './index.ts';

const gpu = installDawn();
const create = () => createTfjsEngine({ backend: 'webgpu', gpu });

const layers = denseNetwork(12, [16], 4, 'relu');
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
const images = Uint8Array.from({ length: 8 * 12 }, (_, i) => (i * 37) % 256);
const labels = Uint8Array.from({ length: 8 }, (_, i) => i % 4);
const order = Uint32Array.from({ length: 8 }, (_, i) => i);
const request = { batches: { kind: 'images', order }, learningRates: new Float32Array([0.01]) } as const;

describe('the TensorFlow.js engine on a GPU', () => {
  it('tells live tensors and the larger pool apart', async () => {
    const engine = await create();
    const stage = await engine.stage(spec);
    await stage.load('train', images, labels);
    await stage.train(request);
    const { live, pool } = engine.tensorFlowMemory();
    expect(live).toBeGreaterThanOrEqual(engine.memory().byKind.parameters);
    expect(pool).toBeGreaterThan(live);
    await engine.dispose();
    expect(engine.memory().total).toBe(0);
    expect(engine.tensorFlowMemory()).toEqual({ live: 0, pool: 0 });
  });

  it('makes no more buffers once it has trained a few steps', async () => {
    const engine = await create();
    const stage = await engine.stage(spec);
    await stage.load('train', images, labels);
    for (let i = 0; i < 3; i++) await stage.train(request);
    const { pool } = engine.tensorFlowMemory();
    for (let i = 0; i < 5; i++) await stage.train(request);
    expect(engine.tensorFlowMemory().pool).toBe(pool);
    await engine.dispose();
  });

  it('says so when its device is gone', async () => {
    const engine = await create();
    await engine.dispose();
    expect(await engine.lost).toMatchObject({ reason: 'destroyed', message: 'The device was closed.' });
  });

  it('names the adapter it would run on', async () => {
    const available = await tfjsEngine.available();
    expect(available).toMatchObject({ ok: true });
    expect(available.ok && available.name).toMatch(/^TensorFlow\.js on WebGPU \(.+\)$/);
  });
});
