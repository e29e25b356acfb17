/** In which order a stage of a pipeline works on the micro-batches of a batch. */
import type { PipelineSchedule } from '../../experiment/experiment.ts';

export interface Task {
  readonly kind: 'forward' | 'backward';
  readonly microBatch: number;
}

/**
 * - `gpipe`: all forwards, then all backwards (Huang et al. 2019).
 * - `1f1b`: as many forwards as there are stages behind this one, then one forward and one backward in turn, then the
 *   backwards that are left (PipeDream-flush, Narayanan et al. 2021).
 *
 * Both go backward in the same order, so gradients add up to the same bits.
 *
 * @param stage Place of the stage, from 0.
 */
export function tasks(
  schedule: PipelineSchedule,
  stages: number,
  stage: number,
  microBatches: number,
): Task[] {
  const ahead = schedule === 'gpipe' ? microBatches : Math.min(stages - stage - 1, microBatches);
  const list: Task[] = [];
  const forward = (microBatch: number) => list.push({ kind: 'forward', microBatch });
  const backward = (microBatch: number) => list.push({ kind: 'backward', microBatch });
  for (let microBatch = 0; microBatch < ahead; microBatch++) forward(microBatch);
  for (let microBatch = ahead; microBatch < microBatches; microBatch++) {
    forward(microBatch);
    backward(microBatch - ahead);
  }
  for (let microBatch = microBatches - ahead; microBatch < microBatches; microBatch++) backward(microBatch);
  return list;
}

/** Micro-batches whose activations a stage keeps at once, at most. */
export function inFlight(
  schedule: PipelineSchedule,
  stages: number,
  stage: number,
  microBatches: number,
): number {
  return schedule === 'gpipe' ? microBatches : Math.min(stages - stage, microBatches);
}
