/** A whole experiment on WebGPU devices, layer normalisation before a cut: what is measured there is what was foretold. */
import { afterEach, expect, it } from 'vitest';
import { installDawn } from '../engines/dawn.ts';
import { distance, expectForetold } from '../strategies/testing.ts';
import { closeSessions, trainedSession } from './testing.ts';

installDawn();

const LINK = 'data=mnist&layers=16,24,ln,16&cuts=1,3&batch=20&epochs=1&turn=25&test=0&seed=4';

afterEach(closeSessions);

const trained = (settings = '', engine = 'webgpu') => trainedSession(`engine=${engine}&${LINK}${settings}`);

it('measures the memory the closed forms foretell, sends nothing in SIL, and repeats to the bit', async () => {
  const { state } = await trained();
  for (const id of ['conventional', 'sil'] as const) {
    const strategy = state.strategies[id]!;
    expect(strategy.devices).toHaveLength(id === 'sil' ? 3 : 1);
    for (const { about } of strategy.devices) expect(about.engine).toBe('webgpu');
    expectForetold(strategy.devices, state.costEstimates[id]!, 'now');
    // Every rank's own loss falls from the first turn to the last: it does train.
    const [first, last] = [strategy.points[1], strategy.points.at(-1)!];
    last.rankLosses.forEach((loss, rank) => expect(loss).toBeLessThan(first.rankLosses[rank]));
  }
  for (const { sent } of state.strategies.sil!.devices)
    expect(sent.training).toEqual({ bytes: 0, messages: 0 });
  const again = (await trained()).state;
  for (const id of ['conventional', 'sil'] as const) {
    const curve = (from: typeof state) =>
      from.strategies[id]!.points.map(({ testAccuracy, testLoss, rankLosses }) => ({
        testAccuracy,
        testLoss,
        rankLosses,
      }));
    expect(curve(again)).toEqual(curve(state));
  }
});

it('trains stages with heads of their own, and denoising blocks, to where the CPU does, and measures what was foretold of them', async () => {
  const settings = '&strategies=local,handoff,denoising&recovery=1';
  const { session, state } = await trained(settings);
  const { session: onCpu } = await trained(settings, 'cpu');
  for (const id of ['local', 'handoff', 'denoising'] as const) {
    const { devices } = state.strategies[id]!;
    for (const { about } of devices) expect(about.engine).toBe('webgpu');
    // At the fullest moment, with the heads.
    expectForetold(devices, state.costEstimates[id]!);
    const [found, expected] = [(await session.parameters(id))!, (await onCpu.parameters(id))!];
    // Float32 sums in another order, over a hundred steps of Adam; a gradient that is not sent on moves parameters by tenths.
    expect(distance(found, expected), id).toBeLessThan(1e-3);
  }
});
