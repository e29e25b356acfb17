import { databaseOf } from '../../messages/guarded-store.ts';

const store = databaseOf('piecewise-runs', 'runs');

/** Where this browser keeps runs, what was going on, and weights. Opened when it is first needed. */
export const database = () => store;
