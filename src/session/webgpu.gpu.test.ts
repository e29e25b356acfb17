/** A whole experiment on WebGPU devices, layer normalisation before a cut: what is measured there is what was foretold. */
import { afterEach, expect, it } from 'vitest';
import { installDawn } from '../engines/dawn.ts';
import type { Session } from './session.ts';
import { testSession, until } from './testing.ts';

installDawn();

const LINK = 'data=mnist&layers=16,24,ln,16&cuts=1,3&batch=20&epochs=1&turn=25&test=0&seed=4';

const open: Session[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((session) => session.close()));
});

async function finished(settings = '', engine = 'webgpu') {
  const { session, devices } = testSession(`engine=${engine}&${LINK}${settings}`);
  open.push(session);
  await session.ready;
  session.actions.play();
  await until(session, ({ status }) => status === 'finished' || status === 'failed');
  return { session, devices, state: session.store.getState() };
}

it('measures the memory the closed forms foretell, sends nothing in SIL, and repeats to the bit', async () => {
  const { state } = await finished();
  expect(state.status).toBe('finished');
  for (const id of ['conventional', 'sil'] as const) {
    const strategy = state.strategies[id]!;
    expect(strategy.error).toBeNull();
    expect(strategy.devices).toHaveLength(id === 'sil' ? 3 : 1);
    strategy.devices.forEach(({ memory, about }, rank) => {
      expect(about.engine).toBe('webgpu');
      const { memory: modelled } = state.costEstimates[id]!.devices[rank];
      for (const kind of ['parameters', 'gradients', 'optimizer', 'labels', 'data'] as const) {
        expect(memory.byKind[kind], `${id} device ${rank} ${kind}`).toBe(modelled[kind]);
      }
      expect(memory.byKind.activations).toBeGreaterThanOrEqual(modelled.activations);
    });
    // Every rank's own loss falls from the first turn to the last: it does train.
    const [first, last] = [strategy.points[1], strategy.points.at(-1)!];
    last.rankLosses.forEach((loss, rank) => expect(loss).toBeLessThan(first.rankLosses[rank]));
  }
  for (const { sent } of state.strategies.sil!.devices)
    expect(sent.training).toEqual({ bytes: 0, messages: 0 });
  const again = (await finished()).state;
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
  const { session, state } = await finished(settings);
  const { session: onCpu } = await finished(settings, 'cpu');
  for (const id of ['local', 'handoff', 'denoising'] as const) {
    const strategy = state.strategies[id]!;
    expect(strategy.error).toBeNull();
    strategy.devices.forEach(({ memory, about }, rank) => {
      expect(about.engine).toBe('webgpu');
      const { memory: modelled } = state.costEstimates[id]!.devices[rank];
      // At the fullest moment, with the heads.
      for (const kind of ['parameters', 'gradients', 'optimizer', 'data'] as const)
        expect(memory.peakByKind[kind], `${id} device ${rank} ${kind}`).toBe(modelled[kind]);
    });
    const [found, expected] = [(await session.parameters(id))!, (await onCpu.parameters(id))!];
    const distance = Math.hypot(...found.map((value, i) => value - expected[i]));
    // Float32 sums in another order, over a hundred steps of Adam; a gradient that is not sent on moves parameters by tenths.
    expect(distance / Math.hypot(...expected), id).toBeLessThan(1e-3);
  }
});
