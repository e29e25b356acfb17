/** Weights of kept runs, as files, for as many of the newest as there is room for. */
import { del, get, set, update } from 'idb-keyval';
import { create } from 'zustand';
import type { StrategyId } from '../../experiment/strategies.ts';
import { database } from './database.ts';

/** What is kept of one run: a file per way of training. */
export interface KeptWeights {
  readonly id: string;
  readonly ways: readonly StrategyId[];
  readonly bytes: number;
}

/** Bytes for all of them: some twenty runs of the default network's two ways of training. */
const ROOM = 256e6;
const INDEX = 'weights';
const fileKey = (id: string, way: StrategyId) => `weights:${id}:${way}`;

interface KeptState {
  /** Newest first. */
  readonly index: readonly KeptWeights[];
  /** Why the browser did not take the newest run's, in its words; null where it did. */
  readonly refused: string | null;
}

export const useKeptWeights = create<KeptState>()(() => ({ index: [], refused: null }));

/** Which of them stay: the newest, as far as they fit. One that is too large alone stays alone. */
export function fitting(index: readonly KeptWeights[], room = ROOM): readonly KeptWeights[] {
  let sum = 0;
  return index.filter(({ bytes }, at) => (sum += bytes) <= room || at === 0);
}

type Files = readonly { readonly way: StrategyId; readonly file: Uint8Array<ArrayBuffer> }[];

/**
 * Keeps the files of a run, and lets go of the oldest others where there is no room. A browser that does not take them
 * keeps none of the run's: part of a run is of no use.
 */
export async function keepWeights(id: string, files: Files): Promise<void> {
  const added = {
    id,
    ways: files.map(({ way }) => way),
    bytes: files.reduce((sum, { file }) => sum + file.length, 0),
  };
  try {
    for (const { way, file } of files) await set(fileKey(id, way), file, database());
    await change((index) => fitting([added, ...index]));
    useKeptWeights.setState({ refused: null });
  } catch (error) {
    useKeptWeights.setState({ refused: error instanceof Error ? error.message : String(error) });
    await Promise.allSettled(files.map(({ way }) => del(fileKey(id, way), database())));
  }
}

/** Reads what there is, and lets go of what belongs to no run any more. */
export const loadWeightsIndex = (ids: readonly string[]): Promise<void> =>
  change((index) => index.filter(({ id }) => ids.includes(id)));

/** A safetensors file; null where it is no longer kept. */
export const readWeights = async (id: string, way: StrategyId): Promise<Uint8Array<ArrayBuffer> | null> =>
  (await get<Uint8Array<ArrayBuffer>>(fileKey(id, way), database())) ?? null;

async function change(next: (index: readonly KeptWeights[]) => readonly KeptWeights[]): Promise<void> {
  let gone: KeptWeights[] = [];
  let kept: readonly KeptWeights[] = [];
  // In one go: another tab may be doing the same.
  await update<readonly KeptWeights[]>(
    INDEX,
    (index = []) => {
      kept = next(index);
      gone = index.filter((one) => !kept.includes(one));
      return kept;
    },
    database(),
  );
  useKeptWeights.setState({ index: kept });
  for (const { id, ways } of gone) for (const way of ways) await del(fileKey(id, way), database());
}
