/**
 * The run at hand, saved now and then, so that it outlives a closed tab or a crash. Every tab has a draft of its own; a
 * later visit takes over those whose tab is gone.
 */
import { del, keys, promisifyRequest, set } from 'idb-keyval';
import { inTodaysWords } from '../../session/recording/former.ts';
import type { Recording } from '../../session/recording/recording.ts';
import { database } from './database.ts';

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

/** Drafts whose tabs are gone, oldest first. Each is handed out once, to one tab. */
export async function takeLeftDrafts(): Promise<Draft[]> {
  const names = (await keys(database())).filter(
    (key): key is string => typeof key === 'string' && key.startsWith(PREFIX) && key !== PREFIX + tab,
  );
  const taken = await Promise.all(names.map(takeIfLeft));
  return taken.filter((draft) => draft !== null).sort((a, b) => a.saved - b.saved);
}

/** Whoever gets the lock of a tab knows that it is gone, and that nobody else takes its draft. */
async function takeIfLeft(name: string): Promise<Draft | null> {
  if (!navigator.locks) return take(name, ({ saved }) => Date.now() - saved >= STALE_MS);
  return navigator.locks.request(LOCK + name.slice(PREFIX.length), { ifAvailable: true }, (lock) =>
    lock ? take(name, () => true) : null,
  );
}

/** Reads and deletes in one transaction: two tabs never get the same draft. */
const take = (name: string, left: (draft: Draft) => boolean): Promise<Draft | null> =>
  database()('readwrite', async (table) => {
    const draft = (await promisifyRequest(table.get(name))) as Draft | undefined;
    if (!draft || !left(draft)) return null;
    await promisifyRequest(table.delete(name));
    return { ...draft, recording: inTodaysWords(draft.recording) as Recording };
  });
