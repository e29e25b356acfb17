import { createStore, type UseStore } from 'idb-keyval';

let opened: UseStore | null = null;

/** Where this browser keeps runs, what was going on, and weights. Opened when it is first needed. */
export const database = (): UseStore => (opened ??= createStore('piecewise-runs', 'runs'));
