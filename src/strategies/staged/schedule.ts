/** In which order a stage of a pipeline works on the micro-batches of a batch. */
import type { PipelineSchedule } from '../../experiment/experiment.ts';

export interface Task {
  readonly kind: 'forward' | 'backward';
  readonly micro: number;
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
export function tasks(schedule: PipelineSchedule, stages: number, stage: number, micros: number): Task[] {
  const ahead = schedule === 'gpipe' ? micros : Math.min(stages - stage - 1, micros);
  const list: Task[] = [];
  const forward = (micro: number) => list.push({ kind: 'forward', micro });
  const backward = (micro: number) => list.push({ kind: 'backward', micro });
  for (let micro = 0; micro < ahead; micro++) forward(micro);
  for (let micro = ahead; micro < micros; micro++) {
    forward(micro);
    backward(micro - ahead);
  }
  for (let micro = micros - ahead; micro < micros; micro++) backward(micro);
  return list;
}

/** Micro-batches whose activations a stage keeps at once, at most. */
export function inFlight(schedule: PipelineSchedule, stages: number, stage: number, micros: number): number {
  return schedule === 'gpipe' ? micros : Math.min(stages - stage, micros);
}
