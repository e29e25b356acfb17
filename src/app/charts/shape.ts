/** From a line's points to those that are drawn. */
import { decimate } from './decimate.ts';
import type { Dot, Line } from './series.ts';
import { smooth } from './smooth.ts';

/** How lines are looked at, as far as it decides which points there are to see. */
export interface Look {
  readonly logX: boolean;
  readonly logY: boolean;
  readonly smoothing: number;
  /** Part of the horizontal axis that is shown. */
  readonly span: readonly [from: number, to: number] | null;
}

export interface Shape {
  /** As measured. */
  readonly raw: Dot[];
  /** Smoothed; the very same without smoothing. */
  readonly points: Dot[];
}

const drawn = new WeakMap<Line['points'], { readonly look: string; readonly shape: Shape }>();

/**
 * The points to draw. For the same points looked at in the same way the very same arrays: while one strategy
 * trains, the other lines are not drawn again.
 */
export function shapeOf(points: Line['points'], look: Look): Shape {
  const key = JSON.stringify(look);
  const known = drawn.get(points);
  if (known?.look === key) return known.shape;
  const raw = [...decimate(visible(points, look))];
  // Smoothed as a whole: a point's value does not depend on which part is looked at.
  const smoothed = () => [...decimate(visible(smooth(points, look.smoothing), look))];
  const shape = { raw, points: look.smoothing > 0 ? smoothed() : raw };
  drawn.set(points, { look: key, shape });
  return shape;
}

/** What a logarithm can show, and what lies in the part that is looked at, with the points beside it: lines go on. */
function visible(points: Line['points'], { logX, logY, span }: Look): Line['points'] {
  if (!logX && !logY && !span) return points;
  const there = points.filter(({ x, y }) => (!logX || x > 0) && (!logY || y > 0));
  if (!span) return there;
  const [from, to] = span;
  return there.filter(({ x }, index) => {
    const before = there[index - 1]?.x ?? x;
    const after = there[index + 1]?.x ?? x;
    return after >= from && before <= to;
  });
}

/** The part of a logarithmic axis that is shown: one from 0 begins at the first place that a logarithm can show. */
export function logSpan(
  [from, to]: readonly [number, number],
  lines: readonly (readonly Dot[])[],
): readonly [number, number] {
  if (from > 0) return [from, to];
  const lowest = Math.min(...lines.flatMap((points) => points.map(({ x }) => x)).filter((x) => x > 0));
  return [lowest < to ? lowest : to / 10, to];
}
