/** The page's sweep: one for the visit, whatever view is open. */
import { useStore } from 'zustand';
import { chooseEngine } from '../../engines/choose.ts';
import { pageCores, pageData } from '../../session/browser.ts';
import type { Session } from '../../session/session.ts';
import { spawnWorker } from '../../session/spawn-worker.ts';
import { createSweeper, type Sweeper, type SweepState } from '../../session/study/sweep.ts';
import { useTheSession } from '../store/context.tsx';
import { browserRuns } from './kept.ts';
import { useSweepSaid } from './status.ts';

let made: Sweeper | null = null;

function sweeperOf(session: Session): Sweeper {
  if (made) return made;
  // A worker of its own, only where a sweep asks for a set that is not at hand.
  let data: ReturnType<typeof pageData> | null = null;
  made = createSweeper({
    session,
    kept: browserRuns,
    spawn: spawnWorker,
    cores: pageCores(),
    chooseEngine,
    load: (id) =>
      (data ??= pageData()).load(id, {
        download: false,
        signal: new AbortController().signal,
        onProgress: () => {},
      }),
  });
  made.store.subscribe(({ going, ended }, before) => {
    if (ended !== before.ended) useSweepSaid.setState({ ended });
    useSweepSaid.setState({ waits: going?.phase === 'waiting' });
  });
  return made;
}

export function useSweeper(): Sweeper & { readonly state: SweepState } {
  const sweeper = sweeperOf(useTheSession());
  return { ...sweeper, state: useStore(sweeper.store) };
}
