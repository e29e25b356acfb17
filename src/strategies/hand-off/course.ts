/** When which partition trains: one after the other, each for all the epochs. */
import type { Turn } from '../../experiment/schedule.ts';

export interface Course {
  readonly partitions: number;
  readonly stepsPerEpoch: number;
  /** Steps of each partition. */
  readonly totalSteps: number;
}

/** Some steps of one partition, within an epoch; counted from its own first step. */
export interface Segment {
  readonly rank: number;
  readonly turn: Turn;
  /** Whether it has then had all its epochs. */
  readonly ends: boolean;
}

/**
 * What is trained in a turn of a run. While a run of `totalSteps` goes on by one step, so that strategies keep level, one
 * partition after the other takes as many steps as there are partitions: together they have then done the work of one
 * step of the whole network.
 */
export function segmentsOf({ from, to }: Turn, { partitions, stepsPerEpoch, totalSteps }: Course): Segment[] {
  const segments: Segment[] = [];
  const end = to * partitions;
  for (let at = from * partitions; at < end;) {
    const rank = Math.floor(at / totalSteps);
    const step = at - rank * totalSteps;
    const epoch = Math.floor(step / stepsPerEpoch);
    const epochEnd = (epoch + 1) * stepsPerEpoch;
    const last = Math.min(epochEnd, step + end - at);
    segments.push({
      rank,
      turn: { from: step, to: last, epoch, endsEpoch: last === epochEnd },
      ends: last === totalSteps,
    });
    at += last - step;
  }
  return segments;
}
