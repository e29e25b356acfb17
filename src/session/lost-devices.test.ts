/** A device that is lost takes nothing with it but what it held; a new one in its place is as if it had never left. */
import { afterEach, describe, expect, it } from 'vitest';
import type { EngineId, EngineProvider } from '../engines/contract.ts';
import { totalTraffic } from '../devices/traffic.ts';
import { turn } from '../messages/pause.ts';
import {
  PLUG,
  closeSessions,
  ended,
  linkWith,
  readySession,
  trainedSession,
  until,
  type TestSession,
} from './testing.ts';

const LINK = 'data=mnist&layers=32,32,32&cuts=2&batch=20&epochs=3&turn=25&test=0&seed=4&strategies=sil';

afterEach(closeSessions);

/** @param settings In place of the link's own. */
const start = (settings = '') => readySession(linkWith(LINK, settings));
const sil = ({ session }: TestSession) => session.store.getState().strategies.sil!;

/** Trains until a turn is under way that is not the first. */
async function underWay(test: TestSession, phase: 'training' | 'recovery' = 'training'): Promise<void> {
  test.session.actions.play();
  await until(
    test.session,
    ({ strategies: { sil: strategy } }) =>
      strategy!.points.at(-1)?.phase === phase && strategy!.points.length > 1 && strategy!.status === 'turn',
  );
}

async function undisturbed(settings = '') {
  const { session, state } = await trainedSession(linkWith(LINK, settings));
  return { state: state.strategies.sil!, parameters: await session.parameters('sil') };
}

describe('a partition that is lost', () => {
  it.each(['trainLocal', 'evaluateChain'])('while %s runs, leaves the others training', async (program) => {
    const test = await start();
    await underWay(test);
    test.newest(1).crashAt('run', PLUG, program);
    await until(test.session, ended);
    expect(sil(test)).toMatchObject({ status: 'finished', error: null, step: 150 });
    expect(sil(test).devices.map(({ lost }) => lost)).toEqual([null, `Device 2 is gone: ${PLUG}`]);
  });

  it('while it is read, leaves the others training', async () => {
    const test = await start();
    await underWay(test);
    test.newest(1).crashAt('read', PLUG);
    await until(test.session, ended);
    expect(sil(test)).toMatchObject({ status: 'finished', error: null, step: 150 });
    expect(sil(test).devices[1].lost).toBe(`Device 2 is gone: ${PLUG}`);
  });

  it.each(['pause', 'resume'] as const)('at %s, leaves the others training', async (method) => {
    const test = await start('epochs=30');
    await underWay(test);
    test.newest(1).crashAt(method, PLUG);
    test.session.actions.pause();
    await until(test.session, ({ status }) => status === 'paused');
    test.session.actions.play();
    await until(test.session, ended);
    expect(sil(test)).toMatchObject({ status: 'finished', error: null, step: 1500 });
    expect(sil(test).devices.map(({ lost }) => lost)).toEqual([null, `Device 2 is gone: ${PLUG}`]);
  });

  it('asked back while a turn is paused, is said to wait for its end, and comes then', async () => {
    // Turns long enough to be paused within one.
    const test = await start('turn=1000&epochs=80');
    await underWay(test);
    test.newest(1).crash(PLUG);
    test.session.actions.pause();
    await until(test.session, ({ status }) => status === 'paused');
    expect(sil(test)).toMatchObject({ status: 'turn', devices: [{}, { lost: expect.any(String) }] });
    test.session.actions.restart('sil', 1);
    expect(
      test.session.store
        .getState()
        .notices.map(({ message }) => message)
        .join(),
    ).toMatch(/Device 2 comes back when the turn under way has ended/);
    test.session.actions.play();
    await until(test.session, () => sil(test).devices[1]?.lost === null);
    await until(test.session, ended);
  });

  it('is said to be at once, not when the turn has ended', async () => {
    const test = await start('turn=0&epochs=20');
    await underWay(test);
    test.newest(1).crash(PLUG);
    expect(sil(test)).toMatchObject({ status: 'turn' });
    expect(sil(test).devices[1].lost).toBe(`Device 2 is gone: ${PLUG}`);
    expect(sil(test).devices[1].memory.total).toBe(0);
  });

  it('in the join comes back for it', async () => {
    const settings = 'recovery=1';
    const test = await start(settings);
    await underWay(test);
    test.newest(1).crashAt('run', PLUG, 'sendParameters');
    await until(test.session, ended);
    const expected = await undisturbed(settings);
    expect(sil(test).error).toBeNull();
    expect(sil(test).final).toEqual(expected.state.final);
    expect(await test.session.parameters('sil')).toEqual(expected.parameters);
  });

  it('that only waits, once the parts are joined, is not missed', async () => {
    const settings = 'recovery=4';
    const test = await start(settings);
    await underWay(test, 'recovery');
    test.newest(1).crash(PLUG);
    await until(test.session, ended);
    const expected = await undisturbed(settings);
    expect(sil(test).error).toBeNull();
    expect(sil(test).final).toEqual(expected.state.final);
    expect(sil(test).points.map(({ testAccuracy }) => testAccuracy)).toEqual(
      expected.state.points.map(({ testAccuracy }) => testAccuracy),
    );
  });

  it('that holds the joined network ends the run', async () => {
    const test = await start('recovery=4');
    await underWay(test, 'recovery');
    test.newest(0).crash(PLUG);
    await until(test.session, ended);
    expect(sil(test)).toMatchObject({ status: 'failed', error: `Device 1 is gone: ${PLUG}` });
  });

  it('that holds the joined network is said to end the run while it rests, too', async () => {
    const test = await start('epochs=1&recovery=4');
    while (sil(test).phase === 'training') {
      const { length } = sil(test).points;
      test.session.actions.step();
      await until(test.session, ({ status }) => status === 'paused' && sil(test).points.length > length);
    }
    test.newest(0).crash(PLUG);
    await turn();
    expect(sil(test)).toMatchObject({ status: 'failed', error: `Device 1 is gone: ${PLUG}` });
  });

  it('has sent what it sent, also when another one has taken its place', async () => {
    const test = await start();
    await underWay(test);
    const sent = () => totalTraffic([sil(test).devices[0].sentTo], 'evaluation');
    const before = sent();
    const one = before.bytes / sil(test).points.length;
    test.newest(0).crash(PLUG);
    await until(test.session, ended);
    expect(sent()).toEqual(before);
    test.session.actions.restart('sil', 0);
    await until(test.session, ({ strategies }) => strategies.sil!.final !== null);
    // One evaluation of the newest point, and one of the end.
    expect(sent().bytes).toBe(before.bytes + 2 * one);
  });
});

describe('a restart', () => {
  it('that is under way when the session closes ends with it, and opens nothing after', async () => {
    const test = await start('epochs=8');
    await underWay(test);
    test.newest(1).crash(PLUG);
    test.session.actions.restart('sil', 1);
    await until(test.session, ({ strategies }) => strategies.sil!.status === 'preparing');
    const { length } = test.devices;
    await test.session.close();
    // In the same thread an end is an end: whatever else would begin has begun by now.
    for (let i = 0; i < 20; i++) await turn();
    expect(test.devices.slice(length)).toEqual([]);
    expect(test.devices.filter(({ device }) => !device.ended)).toEqual([]);
  });

  it('that is under way at a second reset ends with its run', async () => {
    const test = await start('epochs=8');
    await underWay(test);
    test.newest(1).crash(PLUG);
    test.session.actions.restart('sil', 1);
    await until(test.session, ({ strategies }) => strategies.sil!.status === 'preparing');
    test.session.actions.reset();
    test.session.actions.step();
    await until(
      test.session,
      ({ status, strategies }) => status === 'paused' && strategies.sil!.points.length > 0,
    );
    const first = test.devices.length - 2;
    test.session.actions.reset();
    for (let i = 0; i < 20; i++) await turn();
    expect(test.devices.slice(0, first).filter(({ device }) => !device.ended)).toEqual([]);
    expect(test.session.store.getState().notices.map(({ message }) => message)).not.toContainEqual(
      expect.stringContaining('could not be restarted'),
    );
  });
});

it('a restart waits until no other strategy is at work', async () => {
  const test = await start(`${LINK.replace('epochs=3', 'epochs=12')},conventional`);
  await underWay(test);
  test.newest(1).crash(PLUG);
  await until(test.session, ({ strategies }) => strategies.conventional!.status === 'turn');
  const seen: string[] = [];
  test.session.store.subscribe(({ strategies }) => {
    if (strategies.sil!.status === 'preparing') seen.push(strategies.conventional!.status);
  });
  test.session.actions.restart('sil', 1);
  await until(test.session, ({ strategies }) => strategies.sil!.devices[1].lost === null);
  expect(seen.length).toBeGreaterThan(0);
  for (const status of seen) expect(['waiting', 'finished']).toContain(status);
});

it.each([
  ['', {}],
  [', also those whose engine never answers', { cpu: { create: () => new Promise<never>(() => {}) } }],
])('devices that are just being opened end when the session closes%s', async (_, providers) => {
  const test = await readySession(LINK, undefined, {
    providers: providers as Partial<Record<EngineId, EngineProvider>>,
  });
  test.session.actions.play();
  while (test.devices.length < 2) await turn();
  expect(sil(test).status).toBe('preparing');
  await test.session.close();
  for (let i = 0; i < 20; i++) await turn();
  expect(test.devices.filter(({ device }) => !device.ended)).toEqual([]);
});

it('a restart in a run that has ended rests while the run is put aside, and goes on when it is back', async () => {
  const test = await start();
  await underWay(test);
  test.newest(1).crash(PLUG);
  await until(test.session, ({ status }) => status === 'finished');
  test.session.actions.restart('sil', 1);
  await until(test.session, ({ strategies }) => strategies.sil!.status === 'preparing');
  test.session.actions.change({ seed: 9 });
  test.session.actions.undo();
  await until(
    test.session,
    ({ strategies }) => strategies.sil!.devices[1].lost === null && strategies.sil!.final !== null,
  );
  expect(test.session.store.getState().status).toBe('finished');
});
