/** Sessions without browser, network or files: made-up characters, workers in the same thread. For tests. */
import { setFlagsFromString } from 'node:v8';
import type { Dataset } from '../data/dataset.ts';
import { fixedClient } from '../data/fixed-client.ts';
import { madeUpDataset } from '../data/testing.ts';
import { inProcessSpawner, type InProcess } from '../devices/in-process.ts';
import type { EngineId, EngineProvider } from '../engines/contract.ts';
import { ENGINES } from '../engines/registry.ts';
import type { StrategyId } from '../experiment/strategies.ts';
import { turn } from '../messages/pause.ts';
import { PROGRAMS } from '../strategies/programs.ts';
import { createSession, type Session, type SessionOptions } from './session.ts';
import type { StrategyStatus, RunStatus, SessionState } from './state.ts';

// As on any machine of today. Node 20 has it behind a flag.
setFlagsFromString('--experimental-wasm-relaxed-simd');

export interface TestSession {
  readonly session: Session;
  /** Every device opened so far, in order, to crash at will. */
  readonly devices: { readonly rank: number; readonly device: InProcess }[];
  /** The device of that rank that was opened last. */
  readonly newest: (rank: number) => InProcess;
}

interface TestOptions extends Partial<Pick<SessionOptions, 'chooseEngine' | 'opensOn'>> {
  /** Engines other than those of the product. */
  readonly providers?: Partial<Record<EngineId, EngineProvider>>;
}

type Load = (id: string) => Promise<Dataset>;

const open: Session[] = [];

/** Closes every session that was opened here: for `afterEach` or `afterAll`. */
export async function closeSessions(): Promise<void> {
  await Promise.all(open.splice(0).map((session) => session.close()));
}

/** @param data What loads, whichever set is asked for; or says which. */
export function testSession(
  link: string,
  data: Dataset | Load = madeUpDataset(),
  { providers = {}, ...more }: TestOptions = {},
): TestSession {
  const devices: TestSession['devices'] = [];
  const session = createSession({
    link,
    data: fixedClient(typeof data === 'function' ? data : async () => data),
    spawn: inProcessSpawner(
      PROGRAMS,
      async (id) => ({ ...ENGINES, ...providers })[id],
      (rank, device) => devices.push({ rank, device }),
    ),
    // As on any machine of today: arithmetic on several threads, where there is enough of it.
    cores: 4,
    chooseEngine: async (choice) => ({
      id: choice === 'auto' ? 'cpu' : choice,
      why: 'The test wants it.',
    }),
    ...more,
  });
  open.push(session);
  return { session, devices, newest: (rank) => devices.findLast((one) => one.rank === rank)!.device };
}

/** A session whose data are there. */
export async function readySession(...args: Parameters<typeof testSession>): Promise<TestSession> {
  const test = testSession(...args);
  await test.session.ready;
  return test;
}

/** One that has trained to its end, and its state then. @throws Error where a strategy has failed. */
export async function trainedSession(
  ...args: Parameters<typeof testSession>
): Promise<TestSession & { readonly state: SessionState }> {
  const test = await readySession(...args);
  const state = await finish(test.session);
  for (const { id, error } of Object.values(state.strategies))
    if (error !== null) throw new Error(`${id} failed: ${error}`);
  return { ...test, state };
}

/** Trains to the end, whatever that is. */
export async function finish(session: Session): Promise<SessionState> {
  session.actions.play();
  await until(session, ended);
  return session.store.getState();
}

export const ended = ({ status }: SessionState): boolean => status === 'finished' || status === 'failed';

/** A link with other settings: those of `more` in place of its own. */
export const linkWith = (link: string, more: string): string =>
  String(new URLSearchParams([...new Map([...new URLSearchParams(link), ...new URLSearchParams(more)])]));

/** Trains to the end while somebody asks for parameters all along. @returns How often they were read. */
export async function readAlong(session: Session, ids: readonly StrategyId[]): Promise<number> {
  session.actions.play();
  let reads = 0;
  for (; !ended(session.store.getState()); reads++) {
    await Promise.all(ids.map((id) => session.parameters(id)));
    await turn();
  }
  return reads;
}

export const PLUG = 'The test pulled the plug.';

/** Trains for a few turns, then loses a device. */
export async function lose({ session, newest }: TestSession, id: StrategyId, rank: number): Promise<void> {
  session.actions.play();
  await until(session, ({ strategies }) => (strategies[id]?.points.length ?? 0) > 2);
  newest(rank).crash(PLUG);
  await until(session, ({ strategies }) => strategies[id]!.devices[rank].lost !== null);
}

/** Opens a device again and trains to the end. */
export async function bringBack({ session }: TestSession, id: StrategyId, rank: number): Promise<void> {
  session.actions.restart(id, rank);
  await until(session, ({ status, strategies }) => {
    const strategy = strategies[id]!;
    return (
      status === 'finished' &&
      strategy.status === 'finished' &&
      strategy.devices.every(({ lost }) => lost === null)
    );
  });
}

/**
 * Waits until the state satisfies a condition.
 * @throws Error with the failure's own sentence, where data fail to load, or where a strategy fails meanwhile
 *   and nothing goes on that could still bring what is waited for.
 */
export function until(
  { store }: Pick<Session, 'store'>,
  condition: (state: SessionState) => boolean,
): Promise<void> {
  const failed = ({ strategies }: SessionState) =>
    Object.values(strategies).filter(({ error }) => error !== null);
  const before = new Set(failed(store.getState()).map(({ id }) => id));

  function failure(state: SessionState): string | null {
    if (state.data.status === 'failed') return `${state.data.id} was not loaded: ${state.data.message}`;
    if (isWorking(state)) return null;
    const all = failed(state);
    const told = state.status === 'failed' ? all[0] : all.find(({ id }) => !before.has(id));
    return told ? `${told.id} failed: ${told.error}` : null;
  }

  return new Promise((resolve, reject) => {
    const stop = store.subscribe(look);
    look(store.getState());

    function look(state: SessionState): void {
      const met = condition(state);
      const why = met ? null : failure(state);
      if (!met && why === null) return;
      stop();
      if (why === null) resolve();
      else reject(new Error(`What was waited for will not come: ${why}`));
    }
  });
}

const BUSY: readonly (RunStatus | StrategyStatus)[] = [
  'waiting',
  'preparing',
  'running',
  'turn',
  'evaluating',
  'joining',
];

const isWorking = ({ status, strategies }: SessionState): boolean =>
  [status, ...Object.values(strategies).map((strategy) => strategy.status)].some((one) => BUSY.includes(one));
