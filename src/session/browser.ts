/** The session of a page: workers, the address bar, the data worker. */
import { createDataClient, type DataClient } from '../data/client.ts';
import { chooseEngine } from '../engines/choose.ts';
import { encode } from '../experiment/link.ts';
import { newcomers } from '../experiment/presets.ts';
import { firstLink } from './first-run.ts';
import { createSession, type Session } from './session.ts';
import type { SessionState } from './state.ts';
import { spawnWorker } from './spawn-worker.ts';

/** The page's own way to data sets, with a worker to itself. */
export function pageData(): DataClient {
  // Whoever serves the page may name a mirror of their own: <meta name="piecewise-mirror" content="https://…">.
  const mirror = document.querySelector<HTMLMetaElement>('meta[name="piecewise-mirror"]')?.content;
  return createDataClient(mirror ? { mirror } : {});
}

/** That devices may share out among themselves. */
export const pageCores = (): number => (crossOriginIsolated ? navigator.hardwareConcurrency : 1);

/** Starts a session from the address bar and keeps the address bar up to date. */
export function createBrowserSession(): Session {
  const session = createSession({
    ...firstLink(location.hash),
    data: pageData(),
    spawn: spawnWorker,
    cores: pageCores(),
    chooseEngine,
  });
  let shown = location.hash.slice(1);
  const show = ({ fragment, recording }: Pick<SessionState, 'fragment' | 'recording'>) => {
    // An address without settings opens on the same recording again: it stays until there is more to say.
    if (fragment === shown || (shown === '' && recording !== null && fragment === encode(newcomers())))
      return;
    shown = fragment;
    // Replaced, not pushed: a dragged slider would bury the page before under a hundred entries.
    history.replaceState(null, '', `#${fragment}`);
  };
  void session.ready.then(() => {
    show(session.store.getState());
    session.store.subscribe(show);
  });
  addEventListener('hashchange', () => {
    const fragment = location.hash.slice(1);
    if (fragment === shown) return;
    shown = fragment;
    session.actions.open(fragment);
  });
  return session;
}
