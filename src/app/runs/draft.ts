/**
 * The run at hand, saved now and then, so that it outlives a closed tab or a crash. Every tab has a draft of its own; a
 * later visit takes over those whose tab is gone.
 */
import { del, get, keys, set } from 'idb-keyval';
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

let held = false;

/** A lock lives as long as its tab, however that ends. */
function holdLock(): void {
  if (held) return;
  held = true;
  void navigator.locks?.request(LOCK + tab, () => new Promise(() => {})).catch(() => {});
}

/** Where nothing can be stored, the run is safe only as long as the page is open. */
const quietly = async (work: Promise<unknown>): Promise<void> => void (await work.catch(() => {}));

export function saveDraft(draft: Draft): Promise<void> {
  holdLock();
  return quietly(set(PREFIX + tab, draft, database()));
}

export const dropDraft = (): Promise<void> => quietly(del(PREFIX + tab, database()));

/** Drafts whose tabs are gone, oldest first. They are handed out once. */
export async function takeLeftDrafts(): Promise<Draft[]> {
  const names = (await keys(database())).filter(
    (key): key is string => typeof key === 'string' && key.startsWith(PREFIX),
  );
  const locks = (await navigator.locks?.query())?.held?.map(({ name }) => name);
  const left: Draft[] = [];
  for (const name of names) {
    const draft = await get<Draft>(name, database());
    const open = locks
      ? locks.includes(LOCK + name.slice(PREFIX.length))
      : draft !== undefined && Date.now() - draft.saved < STALE_MS;
    if (open) continue;
    await del(name, database());
    if (draft) left.push(draft);
  }
  return left.sort((a, b) => a.saved - b.saved);
}
