/** Weights of kept runs, as files, for as many of the newest as there is room for. */
import { get, promisifyRequest } from 'idb-keyval';
import { create } from 'zustand';
import type { StrategyId } from '../../experiment/strategies.ts';
import { database } from './database.ts';
import { KEPT_RUNS, refuseWeights, useKept } from './kept.ts';

/** What is kept of one run: a file per strategy. */
export interface KeptWeights {
  readonly id: string;
  readonly ways: readonly StrategyId[];
  readonly bytes: number;
  /** Since when it belongs to no kept run, in milliseconds since 1970. */
  readonly orphaned?: number;
}

/** Bytes for all of them: some twenty runs of the default network's two strategies. */
const ROOM = 256e6;
const INDEX = 'weights';
const fileKey = (id: string, way: StrategyId) => `weights:${id}:${way}`;

interface KeptState {
  /** Newest first. */
  readonly index: readonly KeptWeights[];
}

export const useKeptWeights = create<KeptState>()(() => ({ index: [] }));

/** Which of them stay: the newest, as far as they fit. One that is too large alone stays alone. */
export function fitting(index: readonly KeptWeights[], room = ROOM): readonly KeptWeights[] {
  let sum = 0;
  return index.filter(({ bytes }, at) => (sum += bytes) <= room || at === 0);
}

type Files = readonly { readonly way: StrategyId; readonly file: Uint8Array<ArrayBuffer> }[];

/**
 * Keeps the files of a run, and lets go of the oldest others where there is no room. A browser that does not take them
 * keeps none of the run's, and says why: part of a run is of no use.
 */
export async function keepWeights(id: string, files: Files): Promise<void> {
  const added = {
    id,
    ways: files.map(({ way }) => way),
    bytes: files.reduce((sum, { file }) => sum + file.length, 0),
  };
  try {
    const fresh = files.map(({ way, file }) => [fileKey(id, way), file] as const);
    await change((index) => fitting([added, ...index.filter((one) => one.id !== id)]), fresh);
    useKept.setState({ weightsRefused: null });
  } catch (error) {
    refuseWeights(error);
  }
}

/** Until then another tab may bring a deleted run back. */
const DAY_MS = 24 * 3600 * 1000;

/** Reads what there is, and lets go of what has belonged to no kept run for a day, whichever tab kept it. */
export const loadWeightsIndex = (now = Date.now()): Promise<void> =>
  change((index, runs) =>
    index.flatMap(({ orphaned, ...files }) => {
      if (runs.has(files.id)) return [files];
      const since = orphaned ?? now;
      return now - since < DAY_MS ? [{ ...files, orphaned: since }] : [];
    }),
  );

/** A safetensors file; null where it is no longer kept. */
export const readWeights = async (id: string, way: StrategyId): Promise<Uint8Array<ArrayBuffer> | null> =>
  (await get<Uint8Array<ArrayBuffer>>(fileKey(id, way), database())) ?? null;

type Next = (index: readonly KeptWeights[], runs: ReadonlySet<string>) => readonly KeptWeights[];

/** Files and their list change in one transaction, which is taken whole or not at all, whatever other tabs do. */
async function change(next: Next, fresh: readonly (readonly [string, Uint8Array])[] = []): Promise<void> {
  const kept = await database()('readwrite', async (table) => {
    const runs = (await promisifyRequest(table.get(KEPT_RUNS))) as readonly { id: string }[] | undefined;
    const before = ((await promisifyRequest(table.get(INDEX))) ?? []) as readonly KeptWeights[];
    const after = next(before, new Set((runs ?? []).map(({ id }) => id)));
    for (const { id, ways } of before) {
      if (!after.some((one) => one.id === id)) for (const way of ways) table.delete(fileKey(id, way));
    }
    for (const [key, file] of fresh) table.put(file, key);
    table.put(after, INDEX);
    await promisifyRequest(table.transaction);
    return after;
  });
  useKeptWeights.setState({ index: kept });
}
