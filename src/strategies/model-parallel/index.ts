import { stagedStrategy } from '../staged/index.ts';

/** Stages on devices of their own and the whole batch at once: one device works while the others wait. */
export const modelParallel = stagedStrategy({
  id: 'model',
  microBatches: () => 1,
  schedule: () => '1f1b',
  stepFormula: 'all devices’ computing, one after the other, + per cut 2 × (latency + bytes ÷ bandwidth)',
});
