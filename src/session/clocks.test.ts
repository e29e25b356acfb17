/** A strategy's clock counts its own work: no pause, whichever device it catches, and no reader's time. */
import { setFlagsFromString } from 'node:v8';
import { expect, it } from 'vitest';
import { inProcessSpawner } from '../devices/in-process.ts';
import { now } from '../devices/spans.ts';
import { createReferenceEngine } from '../engines/reference/index.ts';
import { ENGINES } from '../engines/registry.ts';
import { decode } from '../experiment/link.ts';
import { plan as planOf } from '../experiment/plan.ts';
import { turn } from '../messages/pause.ts';
import type { TurnRequest } from '../strategies/contract.ts';
import type { RunDevice } from '../strategies/open-devices.ts';
import { PROGRAMS } from '../strategies/programs.ts';
import { strategyOf } from '../strategies/registry.ts';
import { madeUpDataset } from '../data/testing.ts';

setFlagsFromString('--experimental-wasm-relaxed-simd');

/** All of an epoch of 400 images in batches of 10. */
const TURN: TurnRequest = {
  phase: 'training',
  turn: { from: 0, to: 40, epoch: 0, endsEpoch: true },
  learningRate: 0.001,
  learningRates: new Float32Array(40).fill(0.001),
  onProgress: () => {},
};

/** Until a device has done nothing for many turns of the thread that all devices share. */
async function atItsGate(device: RunDevice): Promise<void> {
  let before = NaN;
  for (let still = 0; still < 50;) {
    const { forward, backward, update } = (await device.read()).spent;
    const spent = forward + backward + update;
    still = spent === before ? still + 1 : 0;
    before = spent;
    await turn();
  }
}

it.each(['data', 'fsdp', 'model'] as const)(
  'two pauses in a turn, each at another device, are in no clock of %s',
  async (id) => {
    const data = madeUpDataset({ train: 400, test: 40 });
    const link = 'data=mnist&layers=64,64&cuts=1&devices=2&batch=10&epochs=1&turn=0&seed=4';
    const { experiment } = decode(`${link}&strategies=${id}`);
    const plan = planOf(experiment, { pixels: 64, classes: 10, trainCount: 400 });
    const run = await strategyOf(id)!.open({
      experiment,
      plan,
      data,
      engines: ['cpu'],
      spawn: inProcessSpawner(PROGRAMS, async (engine) => ENGINES[engine]),
      check: false,
    });
    const began = now();
    const going = run.turn(TURN);
    let paused = 0;
    for (const device of run.devices) {
      await device.pause();
      await atItsGate(device);
      const start = now();
      // Longer than any message takes that the clock may miss.
      while (now() - start < 200) await turn();
      paused += now() - start;
      await device.resume();
    }
    const report = await going;
    expect(report.ms).toBeLessThanOrEqual(now() - began - paused);
    for (const { ms } of report.ranks) expect(ms).toBeLessThanOrEqual(report.ms);
    await run.close();
  },
);

it('time in which weights are read is the reader’s, and in no clock', async () => {
  let waited = 0;
  /** An engine that takes its time to give weights away. */
  const create = async () => {
    const engine = createReferenceEngine();
    const stage: typeof engine.stage = async (spec) => {
      const made = await engine.stage(spec);
      const read = made.readParameters.bind(made);
      const slowly = async () => {
        const start = now();
        while (now() - start < 200) await turn();
        waited += now() - start;
        return read();
      };
      return Object.assign(made, { readParameters: slowly });
    };
    return { ...engine, stage };
  };
  const { experiment } = decode(
    'data=mnist&layers=8,8&cuts=1&batch=10&epochs=1&turn=0&seed=4&strategies=model',
  );
  const run = await strategyOf('model').open({
    experiment,
    plan: planOf(experiment, { pixels: 64, classes: 10, trainCount: 400 }),
    data: madeUpDataset({ train: 400, test: 40 }),
    engines: ['cpu'],
    spawn: inProcessSpawner(PROGRAMS, async () => ({ create })),
    check: false,
  });
  const began = now();
  const going = run.turn(TURN);
  for (let read = 0; read < 3; read++) await run.parameters();
  const report = await going;
  // Both stages are read at once, and work goes on until the next update is due: less than half of the time.
  expect(report.ms).toBeLessThan(now() - began - waited / 4);
  await run.close();
});
