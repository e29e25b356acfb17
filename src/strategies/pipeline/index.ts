import { stagedStrategy } from '../staged/index.ts';

/** Model parallelism with the batch in micro-batches, so that devices work at the same time. */
export const pipelineParallel = stagedStrategy({
  id: 'pipeline',
  micros: ({ micro }) => micro,
  schedule: ({ pipeline }) => pipeline,
});
