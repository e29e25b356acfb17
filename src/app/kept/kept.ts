/** Runs that are kept in this browser, with their settings, curves, engine and date. */
import { get, update } from 'idb-keyval';
import { create } from 'zustand';
import type { NamedRun } from '../../session/recording/file.ts';
import { inTodaysWords } from '../../session/recording/former.ts';
import type { Recording } from '../../session/recording/recording.ts';
import { database } from './database.ts';

/** Those that are `pinned` stay when old runs make room for new ones. */
export interface KeptRun extends NamedRun {
  /** Drawn over the run at hand. */
  readonly shown: boolean;
}

/** Unpinned runs beyond these make room, the oldest first. */
export const MOST = 40;
/** Their key in the browser's database. */
export const KEPT_RUNS = 'runs';

interface KeptState {
  /** Newest first. */
  readonly runs: readonly KeptRun[];
  /** What was deleted last, to be brought back. */
  readonly deleted: { readonly run: KeptRun; readonly at: number } | null;
  /** Whether the browser has answered, and keeps what it is given: null until it has. */
  readonly stored: boolean | null;
  /** Why the newest run's weights are not kept, in the browser's words; null where they are. */
  readonly weightsRefused: string | null;
}

export const useKept = create<KeptState>()(() => ({
  runs: [],
  deleted: null,
  stored: null,
  weightsRefused: null,
}));

/** Says that a run's weights are not kept, and why. */
export const refuseWeights = (error: unknown): void =>
  useKept.setState({ weightsRefused: error instanceof Error ? error.message : String(error) });

/** What earlier versions kept, in the words of this one. */
const today = (runs: readonly KeptRun[]): readonly KeptRun[] =>
  runs.map((run) => ({ ...run, recording: inTodaysWords(run.recording) as Recording }));

let loaded: Promise<void> | null = null;

/** Reads what was kept on earlier visits, once. */
export function loadKept(): Promise<void> {
  loaded ??= (async () => {
    try {
      const stored = today((await get<readonly KeptRun[]>(KEPT_RUNS, database())) ?? []);
      useKept.setState(({ runs }) => ({ runs: [...runs, ...stored], stored: true }));
    } catch {
      useKept.setState({ stored: false });
    }
  })();
  return loaded;
}

function change(next: (runs: readonly KeptRun[]) => readonly KeptRun[]): void {
  useKept.setState(({ runs }) => ({ runs: next(runs) }));
  // What is stored changes by itself, and not to what this tab knows: another one may have kept runs meanwhile.
  void loadKept()
    .then(() => update<readonly KeptRun[]>(KEPT_RUNS, (stored = []) => next(today(stored)), database()))
    .then(
      () => useKept.setState({ stored: true }),
      // Said where runs are listed, and with the next that ends.
      () => useKept.setState({ stored: false }),
    );
}

let count = 0;

/** An id that no other run has, in this tab or another. */
export const newId = (): string =>
  `${Date.now().toString(36)}-${(count++).toString(36)}${Math.random().toString(36).slice(2, 6)}`;

/**
 * Keeps a run, or what has become of one that is kept already: its name and whether it is kept for good stay.
 * @returns The kept run's id.
 */
export function keep(recording: Recording, name: string, id = newId()): string {
  change((runs) =>
    runs.some((run) => run.id === id)
      ? runs.map((run) => (run.id === id ? { ...run, recording } : run))
      : withNewest(asKept(recording, name, id), runs),
  );
  return id;
}

export const asKept = (recording: Recording, name: string, id = newId()): KeptRun => ({
  id,
  name,
  pinned: false,
  shown: false,
  recording,
});

export const withNewest = (run: KeptRun, runs: readonly KeptRun[]): readonly KeptRun[] =>
  makeRoom([run, ...runs]);

/** Shows runs that have been stored already. */
export async function adopt(stored: readonly KeptRun[]): Promise<void> {
  await loadKept();
  useKept.setState(({ runs }) => ({
    runs: stored.reduce(
      (all, run) => (all.some(({ id }) => id === run.id) ? all : withNewest(run, all)),
      runs,
    ),
  }));
}

/**
 * Puts runs from a file among the kept ones, in front; those that are here already are left as they are.
 *
 * @returns How many are new.
 */
export async function keepOpened(opened: readonly NamedRun[]): Promise<number> {
  await loadKept();
  const before = useKept.getState().runs.length;
  change((runs) => withOpened(runs, opened));
  return useKept.getState().runs.length - before;
}

/** None makes room for another: new ones beyond the room that is left are pinned. */
export function withOpened(
  runs: readonly KeptRun[],
  opened: readonly NamedRun[],
  most = MOST,
): readonly KeptRun[] {
  const here = new Set(runs.map(({ id }) => id));
  let room = most - runs.filter(({ pinned }) => !pinned).length;
  const fresh = opened
    .filter(({ id }) => !here.has(id))
    .map((run) => ({ ...run, pinned: run.pinned || room-- <= 0, shown: false }));
  return [...fresh, ...runs];
}

/** Keeps every pinned run and the newest of the others. */
export function makeRoom(runs: readonly KeptRun[], most = MOST): readonly KeptRun[] {
  let others = 0;
  return runs.filter(({ pinned }) => pinned || ++others <= most);
}

export function alter(id: string, patch: Partial<Pick<KeptRun, 'name' | 'pinned' | 'shown'>>): void {
  change((runs) => runs.map((run) => (run.id === id ? { ...run, ...patch } : run)));
}

export function remove(id: string): void {
  const { runs } = useKept.getState();
  const at = runs.findIndex((run) => run.id === id);
  if (at < 0) return;
  useKept.setState({ deleted: { run: runs[at], at } });
  change((all) => all.filter((run) => run.id !== id));
}

export function bringBack(): void {
  const { deleted } = useKept.getState();
  if (!deleted) return;
  useKept.setState({ deleted: null });
  // It may be here again, from a file.
  change((runs) =>
    runs.some(({ id }) => id === deleted.run.id) ? runs : runs.toSpliced(deleted.at, 0, deleted.run),
  );
}
