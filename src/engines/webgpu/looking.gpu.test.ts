import { expect, it } from 'vitest';
import { denseNetwork } from '../../network/spec.ts';
import { countParameters } from '../../network/layers/layers.ts';
import { initialParameters } from '../../network/initialise.ts';
import { installDawn } from '../dawn.ts';
import { createWebgpuEngine } from './index.ts';

it('the high-water mark of training does not move because someone looks or evaluates', async () => {
  installDawn();
  const engine = await createWebgpuEngine();
  const layers = denseNetwork(64, [256, 256], 10, 'relu');
  const stage = await engine.stage({
    layers,
    parameters: initialParameters(layers, 1, new Map()),
    batch: 8,
    optimizer: 'adam',
    decay: 0,
    source: { kind: 'images', pixels: 64, scale: 1 / 255, shift: 0 },
    objective: { kind: 'classes', classes: 10 },
    training: 'local',
  });
  const order = Uint32Array.from({ length: 64 }, (_, i) => i);
  await stage.load('train', new Uint8Array(64 * 64), new Uint8Array(64));
  await stage.train({
    batches: { kind: 'images', order: order.slice(0, 16) },
    learningRates: new Float32Array(2).fill(0.001),
  });
  const shard = await engine.shard(new Float32Array(1000), 'sgd', 0);
  const before = engine.memory();
  await stage.infer({ kind: 'images', split: 'train', order }, { output: true, score: true });
  await stage.readParameters();
  await shard.read('looking');
  const after = engine.memory();
  expect(after).toEqual({ ...before, looking: 4 * countParameters(layers) });
  await engine.dispose();
});
