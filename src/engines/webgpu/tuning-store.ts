/** Where the choice of tiles is kept between visits: the browser's own database, or this process's memory. */
import { get, set } from 'idb-keyval';
import { databaseOf } from '../../messages/guarded-store.ts';

export interface Remembered {
  readonly tile: string;
  readonly gflops: number;
}

export interface TuningStore {
  get(key: string): Promise<Remembered | undefined>;
  set(key: string, value: Remembered): Promise<void>;
}

export function memoryStore(): TuningStore {
  const values = new Map<string, Remembered>();
  return {
    get: async (key) => values.get(key),
    set: async (key, value) => void values.set(key, value),
  };
}

/** IndexedDB where it works; a private window may refuse it, and then tuning is only repeated. */
export function browserStore(): TuningStore {
  if (!('indexedDB' in globalThis)) return memoryStore();
  const memory = memoryStore();
  const database = databaseOf('piecewise-kernels', 'tiles');
  return {
    get: (key) => get<Remembered>(key, database).catch(() => memory.get(key)),
    set: (key, value) => set(key, value, database).catch(() => memory.set(key, value)),
  };
}
