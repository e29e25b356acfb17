/** Weights of kept runs, as files, for as many of the newest as there is room for. */
import { get, promisifyRequest } from 'idb-keyval';
import { create } from 'zustand';
import type { StrategyId } from '../../experiment/strategies.ts';
import { database } from './database.ts';
import { KEPT_RUNS, refuseWeights, useKept } from './kept.ts';

/** What is kept of one run: a file per strategy. */
export interface KeptWeights {
  readonly id: string;
  readonly strategies: readonly StrategyId[];
  readonly bytes: number;
  /** Since when it belongs to no kept run, in milliseconds since 1970. */
  readonly orphaned?: number;
}

/** Bytes for all of them: some twenty runs of the default network's two strategies. */
const ROOM = 256e6;
const INDEX = 'weights';
const fileKey = (id: string, strategy: StrategyId) => `weights:${id}:${strategy}`;

interface KeptState {
  /** Newest first. */
  readonly index: readonly KeptWeights[];
}

export const useKeptWeights = create<KeptState>()(() => ({ index: [] }));

/**
 * Which of them stay: the newest, as far as they fit. Those that belong to no kept run give way first. One that is too
 * large alone stays alone.
 */
export function fitting(index: readonly KeptWeights[], room = ROOM): readonly KeptWeights[] {
  const first = index.toSorted((a, b) => Number(a.orphaned !== undefined) - Number(b.orphaned !== undefined));
  let sum = 0;
  const stay = new Set(first.filter(({ bytes }, at) => (sum += bytes) <= room || at === 0));
  return index.filter((one) => stay.has(one));
}

type Files = readonly { readonly strategy: StrategyId; readonly file: Uint8Array<ArrayBuffer> }[];

/**
 * Keeps the files of a run, and lets go of the oldest others where there is no room. A browser that does not take them
 * keeps none of the run's, and says why: part of a run is of no use.
 */
export async function keepWeights(id: string, files: Files): Promise<void> {
  const added = {
    id,
    strategies: files.map(({ strategy }) => strategy),
    bytes: files.reduce((sum, { file }) => sum + file.length, 0),
  };
  try {
    const fresh = files.map(({ strategy, file }) => [fileKey(id, strategy), file] as const);
    await change(
      (index, runs) =>
        fitting([
          added,
          ...ofRuns(
            index.filter((one) => one.id !== id),
            runs,
          ),
        ]),
      fresh,
    );
    useKept.setState({ weightsRefused: null });
  } catch (error) {
    refuseWeights(error);
  }
}

/** Until then another tab may bring a deleted run back. */
const DAY_MS = 24 * 3600 * 1000;

/** Notes which belong to no kept run, deleted or pushed out, and lets go of those a day later, whichever tab kept them. */
const ofRuns = (index: readonly KeptWeights[], runs: ReadonlySet<string>, now = Date.now()) =>
  index.flatMap(({ orphaned, ...files }) => {
    if (runs.has(files.id)) return [files];
    const since = orphaned ?? now;
    return now - since < DAY_MS ? [{ ...files, orphaned: since }] : [];
  });

/** Reads what there is, and lets go of what no run needs any more. */
export const loadWeightsIndex = (now = Date.now()): Promise<void> =>
  change((index, runs) => ofRuns(index, runs, now));

/** A safetensors file; null where it is no longer kept. */
export const readWeights = async (
  id: string,
  strategy: StrategyId,
): Promise<Uint8Array<ArrayBuffer> | null> =>
  (await get<Uint8Array<ArrayBuffer>>(fileKey(id, strategy), database())) ?? null;

/** As it lies in the browser: earlier versions called strategies `ways`. */
type Stored = Omit<KeptWeights, 'strategies'> &
  Partial<Pick<KeptWeights, 'strategies'>> & {
    readonly ways?: readonly StrategyId[];
  };

type Next = (index: readonly KeptWeights[], runs: ReadonlySet<string>) => readonly KeptWeights[];

/** Files and their list change in one transaction, which is taken whole or not at all, whatever other tabs do. */
async function change(next: Next, fresh: readonly (readonly [string, Uint8Array])[] = []): Promise<void> {
  const kept = await database()('readwrite', async (table) => {
    const runs = (await promisifyRequest(table.get(KEPT_RUNS))) as readonly { id: string }[] | undefined;
    const stored = ((await promisifyRequest(table.get(INDEX))) ?? []) as readonly Stored[];
    const before = stored.map(
      ({ ways, ...one }) => (ways ? { ...one, strategies: ways } : one) as KeptWeights,
    );
    const after = next(before, new Set((runs ?? []).map(({ id }) => id)));
    for (const { id, strategies } of before) {
      if (!after.some((one) => one.id === id))
        for (const strategy of strategies) table.delete(fileKey(id, strategy));
    }
    for (const [key, file] of fresh) table.put(file, key);
    table.put(after, INDEX);
    await promisifyRequest(table.transaction);
    return after;
  });
  useKeptWeights.setState({ index: kept });
}
