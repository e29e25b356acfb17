/** Hands trained networks to the analysis worker while something on the page asks about them. */
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import { analysis, onAnalysisLost } from '../../analysis/client.ts';
import type { Dataset } from '../../data/dataset.ts';
import { trainedBy } from '../../experiment/plan.ts';
import { madeOfBlocks, STRATEGY_IDS, type StrategyId } from '../../experiment/strategies.ts';
import type { SessionState } from '../../session/state.ts';
import type { Session } from '../../session/session.ts';
import { useSession, useTheSession } from '../store/context.tsx';
import { aboutNetwork } from './about.ts';
import { HeldNetworks } from './held.ts';

interface Analysed {
  /** Strategies whose networks the worker has. */
  readonly ids: readonly StrategyId[];
  /** Those that have yet to train, where they were asked for by name. */
  readonly untrained: readonly StrategyId[];
  /** All that have trained, not only those that were asked for. */
  readonly all: boolean;
  /** What they are networks of. */
  readonly plan: SessionState['plan'];
  /** Grows whenever they have changed. */
  readonly version: number;
  /** How far their strategies were. */
  readonly reached: string;
  /** A sentence, where looking failed. */
  readonly problem: string | null;
}

const NONE: Analysed = {
  ids: [],
  untrained: [],
  plan: null,
  all: true,
  version: 0,
  reached: '',
  problem: null,
};

export const useAnalysed = create<Analysed>()(() => NONE);

/** Between two looks, so that training keeps its devices to itself most of the time; less while nothing trains. */
const REST_MS = { training: 1200, idle: 200 };

let busy = false;
let again = false;
let given: Dataset | null = null;
let seen: SessionState['strategies'] | null = null;
let seenOf = '';

const held = new HeldNetworks(
  (id) =>
    void analysis()
      .forget(id)
      .catch(() => {}),
);
/** How far strategies are: a turn's end changes the points; progress within a turn does not matter here. */
const reachedBy = (strategies: SessionState['strategies']): string =>
  Object.values(strategies)
    .map(({ id, points, phase }) => `${id} ${points.length} ${phase}`)
    .join();
/** Objects and a number that change with the run: settings that look alike may be another's. */
const identityOf = ({ run, plan, dataset }: SessionState) => [run?.id, plan, dataset];
const watched = new WeakSet<Session>();

/** Lets go of what belongs to a run as soon as the run is gone, whether or not anybody looks. */
function watch(session: Session): void {
  if (watched.has(session)) return;
  watched.add(session);
  session.store.subscribe((state) => {
    held.of(identityOf(state));
    held.keep(STRATEGY_IDS.filter((id) => state.strategies[id] && state.strategies[id].status !== 'failed'));
  });
}

/** What each part of the page that asks wants to know of: one strategy, or all. */
const askers = new Map<object, StrategyId | 'all'>();

/** What a part of the page knows of the worker's networks. */
interface Known extends Analysed {
  /** Whether the worker has yet to get what was trained last. */
  readonly behind: boolean;
}

/** Keeps the worker's networks up to date while `active`: one of them, or all. */
export function useNetworks(active: boolean, of: StrategyId | 'all' = 'all'): Known {
  const session = useTheSession();
  const dataset = useSession((state) => state.dataset);
  const key = useSession(({ strategies }) => reachedBy(strategies));
  const plan = useSession((state) => state.plan);
  useEffect(() => {
    if (!active || !dataset) return;
    const asker = {};
    askers.set(asker, of);
    void hand(session);
    return () => void askers.delete(asker);
  }, [active, dataset, key, of, plan, session]);
  // Who does not ask keeps what it knew: what others ask about is no reason to look again.
  const [known, setKnown] = useState(NONE);
  useEffect(() => {
    if (!active) return;
    const look = (state: Analysed) => {
      if (state.all || of !== 'all') setKnown(state);
    };
    look(useAnalysed.getState());
    return useAnalysed.subscribe(look);
  }, [active, of]);
  return { ...known, behind: active && known.problem === null && known.reached !== key };
}

let asking: Session | null = null;

onAnalysisLost(() => {
  // One that is lost while it is handed something would be so again.
  const had = seen !== null;
  given = null;
  seen = null;
  if (had && asking && askers.size > 0) void hand(asking);
});

async function hand(session: Session): Promise<void> {
  watch(session);
  again = true;
  asking = session;
  if (busy) return;
  busy = true;
  try {
    while (again) {
      again = false;
      await handOnce(session);
      const rest = session.store.getState().status === 'running' ? REST_MS.training : REST_MS.idle;
      await new Promise((resolve) => setTimeout(resolve, rest));
    }
  } catch (error) {
    useAnalysed.setState({ problem: error instanceof Error ? error.message : String(error) });
  } finally {
    busy = false;
  }
}

async function handOnce(session: Session): Promise<void> {
  const state = session.store.getState();
  const { strategies, plan, dataset, experiment, weights } = state;
  if (!plan || !dataset) return;
  const wanted = new Set(askers.values());
  const all = wanted.has('all');
  const those = all ? 'all' : [...wanted].join();
  if (strategies === seen && plan === useAnalysed.getState().plan && dataset === given && those === seenOf)
    return;
  const worker = analysis();
  if (given !== dataset) {
    await worker.data({ images: dataset.test.images, labels: dataset.test.labels, pixels: dataset.pixels });
    given = dataset;
  }
  const run = held.of(identityOf(state));
  const ids: StrategyId[] = [];
  const untrained: StrategyId[] = [];
  for (const id of STRATEGY_IDS) {
    const strategy = strategies[id];
    if (!all && !wanted.has(id)) continue;
    if (!strategy || strategy.status === 'failed') continue;
    const about = () => aboutNetwork(id, run, plan, dataset, session.store.getState());
    if (strategy.step === 0) {
      if (!wanted.has(id)) continue;
      held.hold(id);
      await worker.untrained(id, {
        ...about(),
        initScales: trainedBy(id, plan).initScales,
        seed: experiment.seed,
        // A network of blocks begins with its own.
        given: madeOfBlocks(id) ? null : (weights?.given ?? null),
      });
      untrained.push(id);
      continue;
    }
    const parameters = await session.parameters(id).catch(() => null);
    // Settings changed while they were read: these are another network's.
    if (held.of(identityOf(session.store.getState())) !== run) {
      again = true;
      return;
    }
    if (!parameters) continue;
    held.hold(id);
    // Whether its parts are joined is asked now: they may have been while its parameters were read.
    await worker.network(id, { ...about(), parameters });
    ids.push(id);
  }
  seen = strategies;
  seenOf = those;
  useAnalysed.setState(({ version }) => ({
    ids,
    untrained,
    plan,
    all,
    version: version + 1,
    reached: reachedBy(strategies),
    problem: null,
  }));
}
