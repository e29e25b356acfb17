/** What is known of devices that need each other at every step while a turn is under way: their weights, and how far they are. */
import { afterAll, describe, expect, it } from 'vitest';
import { inProcessSpawner } from '../devices/in-process.ts';
import { createReferenceEngine } from '../engines/reference/index.ts';
import { turn } from '../messages/pause.ts';
import { PROGRAMS } from '../strategies/programs.ts';
import { strategyOf } from '../strategies/registry.ts';
import { madeUpDataset } from '../data/testing.ts';
import type { Session } from './session.ts';
import { closeSessions, readySession, until } from './testing.ts';

const EXCHANGING = ['model', 'pipeline', 'data', 'fsdp', 'local'] as const;
type Exchanging = (typeof EXCHANGING)[number];
const DATA = madeUpDataset({ train: 250, test: 20 });

afterAll(closeSessions);

const sessionOf = async (link: string, dataset = DATA): Promise<Session> =>
  (await readySession(link, dataset)).session;

/** 84 steps in three stages, replicas or shards. */
const linkOf = (id: Exchanging, turns: number) =>
  `data=mnist&layers=23,17,31,16&cuts=1,3&devices=3&batch=3&micro=3&epochs=1&turn=${turns}&test=20&seed=4&strategies=${id}`;

/** The weights after every step. */
async function everyStep(id: Exchanging): Promise<string[]> {
  const session = await sessionOf(linkOf(id, 1));
  const found: string[] = [];
  while (session.store.getState().status !== 'finished') {
    const before = session.store.getState().strategies[id]!.points.length;
    session.actions.step();
    await until(
      session,
      ({ status, strategies }) =>
        strategies[id]!.points.length > before && (status === 'paused' || status === 'finished'),
    );
    found.push(textOf((await session.parameters(id))!));
  }
  return found;
}

const textOf = (weights: Float32Array) => Buffer.from(weights.buffer).toString('base64');

describe.each(EXCHANGING)('within a turn of %s', (id) => {
  it('weights are those of one step, which every device has finished', async () => {
    const steps = await everyStep(id);
    const session = await sessionOf(linkOf(id, 0));
    session.actions.play();
    await until(session, ({ strategies }) => strategies[id]!.status === 'turn');
    const read: string[] = [];
    while (session.store.getState().strategies[id]!.status === 'turn') {
      read.push(textOf((await session.parameters(id))!));
      await turn();
    }
    expect(read.length).toBeGreaterThan(10);
    // Before the first step they are the seed's own; from then on each is another step's.
    const places = read.map((weights) => steps.indexOf(weights)).filter((place, at) => place >= 0 || at > 3);
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('weights can be read in a pause, and by many at once', async () => {
    const steps = await everyStep(id);
    const session = await sessionOf(linkOf(id, 0));
    session.actions.play();
    await until(session, ({ strategies }) => strategies[id]!.status === 'turn');
    while (!steps.includes(textOf((await session.parameters(id))!))) await turn();
    session.actions.pause();
    await until(session, ({ status }) => status === 'paused');
    const read = await Promise.all([1, 2, 3].map(() => session.parameters(id)));
    for (const weights of read) expect(steps).toContain(textOf(weights!));
    expect(session.store.getState().strategies[id]!.status).toBe('turn');
    session.actions.play();
    await until(session, ({ status }) => status === 'finished');
    expect(textOf((await session.parameters(id))!)).toBe(steps.at(-1));
  });

  it('every device tells how far it is', async () => {
    // A turn of fifteen thousand steps, so that it takes many times as long as reports are apart.
    const session = await sessionOf(
      `data=mnist&layers=32,32,32&cuts=1,2&devices=3&batch=2&micro=2&epochs=1&turn=0&test=20&strategies=${id}`,
      madeUpDataset({ train: 30_000, test: 20 }),
    );
    session.actions.play();
    await until(session, ({ strategies }) => {
      const { status, rankProgress } = strategies[id]!;
      return status === 'turn' && rankProgress.length === 3 && rankProgress.every(({ steps }) => steps > 0);
    });
    const { step, rankProgress } = session.store.getState().strategies[id]!;
    expect(step).toBe(0);
    // The loss is known where the classes are.
    expect(Number.isFinite(rankProgress[2].loss)).toBe(true);
  });
});

it.each(['model', 'pipeline'] as const)('a read that fails is the reader’s alone, in %s', async (id) => {
  const { experiment, plan } = (await sessionOf(linkOf(id, 0))).store.getState();
  /** An engine that trains as ever, and cannot give its weights away. */
  const create = async () => {
    const engine = createReferenceEngine();
    const stage: typeof engine.stage = async (spec) =>
      Object.assign(await engine.stage(spec), {
        readParameters: () => Promise.reject(new Error('The card gave nothing back.')),
      });
    return { ...engine, stage };
  };
  const run = await strategyOf(id)!.open({
    experiment,
    plan: plan!,
    data: DATA,
    engines: ['cpu'],
    spawn: inProcessSpawner(PROGRAMS, async () => ({ create })),
    check: false,
  });
  const training = run.turn({
    phase: 'training',
    turn: { from: 0, to: 20, epoch: 0, endsEpoch: false },
    learningRate: 0.01,
    learningRates: new Float32Array(20).fill(0.01),
    onProgress: () => {},
  });
  let over = false;
  void training.finally(() => (over = true));
  let failures = 0;
  while (!over) {
    await expect(run.parameters()).rejects.toThrow('The card gave nothing back.');
    failures++;
    await turn();
  }
  expect(failures).toBeGreaterThan(2);
  expect((await training).ranks.map(({ steps }) => steps)).toEqual([20, 20, 20]);
  await run.close();
});
