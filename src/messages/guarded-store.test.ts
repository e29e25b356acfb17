import { get, set, type UseStore } from 'idb-keyval';
import { expect, it } from 'vitest';
import { guardedStore, StoreSilentError } from './guarded-store.ts';

it('a database that throws at once rejects instead', async () => {
  const store = guardedStore(() => {
    throw new DOMException('not here', 'SecurityError');
  });
  await expect(get('a', store)).rejects.toThrow('not here');
  await expect(set('a', 1, store)).rejects.toThrow('not here');
});

it('one that never answers rejects with a sentence', async () => {
  const store = guardedStore(() => () => new Promise<never>(() => {}), { patience: 1 });
  const refused = get('a', store);
  await expect(refused).rejects.toBeInstanceOf(StoreSilentError);
  await expect(refused).rejects.toThrow('does not answer');
});

it('one that works later is opened again', async () => {
  let opens = 0;
  const store = guardedStore(() => {
    if (opens++ === 0) throw new Error('busy');
    return (async () => 7) as UseStore;
  });
  await expect(get('a', store)).rejects.toThrow('busy');
  expect(await get('a', store)).toBe(7);
  expect(await get('a', store)).toBe(7);
  expect(opens).toBe(2);
});
