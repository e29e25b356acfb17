/** A run in numbers, for the table that compares. */
import { milestones, SHARES } from '../../session/milestones.ts';
import { fullestPeak } from '../../session/peaks.ts';
import type { ModeState, Point } from '../../session/state.ts';

export interface Summary {
  readonly mode: ModeState;
  /** On all test images where training has ended, else the newest. */
  readonly accuracy: number;
  /** By share of conventional training's best in the same run; undefined without conventional training. */
  readonly reached: readonly (Point | null | undefined)[];
  /** Bytes without the images. */
  readonly memory: number;
  readonly bytes: number;
}

export function summaries(modes: readonly ModeState[]): Summary[] {
  const marks = milestones(modes);
  return modes
    .filter(({ points }) => points.length > 0)
    .map((mode) => {
      const last = mode.points[mode.points.length - 1];
      return {
        mode,
        accuracy: mode.final?.accuracy ?? last.testAccuracy,
        reached: SHARES.map((share) => {
          const mark = marks.find((one) => one.share === share);
          return mark?.reached.find(({ id }) => id === mode.id)?.point;
        }),
        memory: fullestPeak(mode),
        bytes: last.bytes,
      };
    });
}
