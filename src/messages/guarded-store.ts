/**
 * The browser's database behind a guard. It may throw at once (a page that may not store), reject, or never answer (another
 * tab holds an older version, a profile on a slow disk): all of these become rejections with a sentence.
 */
import { createStore, type UseStore } from 'idb-keyval';

/** Milliseconds until a database that says nothing counts as absent. */
const PATIENCE_MS = 10_000;

export class StoreSilentError extends Error {
  override readonly name = 'StoreSilentError';
}

/** @param open Opens the database; called when it is first needed, and again after a failure. */
export function guardedStore(
  open: () => UseStore,
  { patience = PATIENCE_MS }: { readonly patience?: number } = {},
): UseStore {
  let store: UseStore | null = null;
  return async (strategy, callback) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new StoreSilentError('The browser’s storage does not answer.')),
        patience,
      );
    });
    try {
      store ??= open();
      return await Promise.race([store(strategy, callback), silence]);
    } catch (error) {
      store = null;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  };
}

/** A database of one table. */
export const databaseOf = (name: string, table: string): UseStore =>
  guardedStore(() => createStore(name, table));
