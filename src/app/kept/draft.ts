/**
 * The run at hand, saved now and then, so that it outlives a closed tab or a crash. Every tab has a draft of its own; a
 * later visit takes over those whose tab is gone.
 */
import { del, keys, promisifyRequest, set } from 'idb-keyval';
import { inTodaysWords } from '../../session/recording/former.ts';
import type { Recording } from '../../session/recording/recording.ts';
import { database } from './database.ts';
import { KEPT_RUNS, withNewest, type KeptRun } from './kept.ts';

export interface Draft {
  readonly recording: Recording;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly saved: number;
}

const PREFIX = 'draft:';
const LOCK = 'piecewise-tab:';

/** Without locks a draft counts as left behind once it has not been saved anew for so long. */
const STALE_MS = 60_000;

/** A tab that was closed lets go of its lock a moment later, on a busy machine some seconds. */
const CLOSING_MS = 10_000;

const tab = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

let held: Promise<void> | null = null;

/** A lock lives as long as its tab, however that ends. Resolves when this tab has its own, or where there are none. */
function holdLock(): Promise<void> {
  held ??= new Promise((resolve) => {
    if (!navigator.locks) return resolve();
    navigator.locks
      .request(LOCK + tab, () => {
        resolve();
        return new Promise(() => {});
      })
      .catch(() => resolve());
  });
  return held;
}

/** @throws where the browser does not take it: the run is then safe only as long as the page is open. */
export async function saveDraft(draft: Draft): Promise<void> {
  // Before there is a draft, so that no other tab takes a living one for left behind.
  await holdLock();
  await set(PREFIX + tab, draft, database());
}

/** Where nothing could be stored there is nothing to drop. */
export async function dropDraft(): Promise<void> {
  if (!held) return;
  // After a draft that still waits for the lock, which would otherwise be saved once it was dropped.
  await held;
  await del(PREFIX + tab, database()).catch(() => {});
}

/** A draft that a tab left behind, and the kept run that it became. */
export interface Left {
  readonly draft: Draft;
  readonly run: KeptRun;
}

/**
 * Makes kept runs of drafts whose tabs are gone. Each is handed out once, to one tab.
 *
 * @param runOf What is kept of a draft.
 * @param closing Whether tabs that are closing are waited for, or only those looked for that are gone already.
 * @returns Oldest first.
 */
export async function takeLeftDrafts(runOf: (draft: Draft) => KeptRun, closing = false): Promise<Left[]> {
  const names = (await keys(database())).filter(
    (key): key is string => typeof key === 'string' && key.startsWith(PREFIX) && key !== PREFIX + tab,
  );
  const taken = await Promise.all(names.map((name) => takeIfLeft(name, runOf, closing)));
  return taken.filter((left) => left !== null).sort((a, b) => a.draft.saved - b.draft.saved);
}

/** Whoever gets the lock of a tab knows that it is gone, and that nobody else takes its draft. */
async function takeIfLeft(
  name: string,
  runOf: (draft: Draft) => KeptRun,
  closing: boolean,
): Promise<Left | null> {
  if (!navigator.locks) return take(name, runOf, ({ saved }) => Date.now() - saved >= STALE_MS);
  const lock = LOCK + name.slice(PREFIX.length);
  const had = () => take(name, runOf, () => true);
  if (!closing) return navigator.locks.request(lock, { ifAvailable: true }, (got) => (got ? had() : null));
  const signal = AbortSignal.timeout(CLOSING_MS);
  return navigator.locks.request(lock, { signal }, had).catch((error: unknown) => {
    // Its tab lives.
    if (signal.aborted) return null;
    throw error;
  });
}

/**
 * From drafts to kept runs in one transaction: two tabs never get the same draft, and whenever a tab ends, what it took
 * is still there.
 */
const take = (
  name: string,
  runOf: (draft: Draft) => KeptRun,
  isLeft: (draft: Draft) => boolean,
): Promise<Left | null> =>
  database()('readwrite', async (table) => {
    const stored = (await promisifyRequest(table.get(name))) as Draft | undefined;
    if (!stored || !isLeft(stored)) return null;
    const draft = { ...stored, recording: inTodaysWords(stored.recording) as Recording };
    const run = runOf(draft);
    const runs = ((await promisifyRequest(table.get(KEPT_RUNS))) ?? []) as readonly KeptRun[];
    table.put(withNewest(run, runs), KEPT_RUNS);
    table.delete(name);
    await promisifyRequest(table.transaction);
    return { draft, run };
  });
