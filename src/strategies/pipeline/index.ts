import { stagedStrategy } from '../staged/index.ts';

/** Model parallelism with the batch in micro-batches, so that devices work at the same time. */
export const pipelineParallel = stagedStrategy({
  id: 'pipeline',
  microBatches: ({ microBatches }) => microBatches,
  schedule: ({ pipeline }) => pipeline,
  stepFormula:
    'the schedule’s own tasks, played: each stage does its forward and backward passes in their order, when what ' +
    'they need has arrived; a message takes latency + bytes ÷ bandwidth, one at a time in each direction',
});
