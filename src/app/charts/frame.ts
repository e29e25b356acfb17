/** A chart's axes, from its lines: the drawing and the names beside it go by the same. */
import { logTicks, roundAxis, roundTicks } from '../ticks.ts';
import type { Across } from './across.ts';
import type { Axis, Dot, Line } from './series.ts';
import { logSpan, shapeOf, type Shape } from './shape.ts';

export interface FrameOptions {
  readonly lines: readonly Line[];
  /** One of places with names has an extent of its own. */
  readonly axis?: Axis | Across;
  /** Heights that are to be seen besides those of the lines. */
  readonly beyond?: readonly number[];
  /** Whether the vertical axis begins at zero, as long as it is all of the lines that is shown. */
  readonly fromZero?: boolean;
  /** The vertical axis begins where most of the lines are, and their first rise comes from below it. */
  readonly closeUp?: boolean;
  /** Where the horizontal axis ends at least: where the run will. */
  readonly reach?: number;
  /** Steps of the vertical axis, about: few where the chart is low. */
  readonly heightSteps?: number;
  /** The same of the horizontal one. */
  readonly acrossSteps?: number;
  readonly logX?: boolean;
  readonly logY?: boolean;
  /** Weight of the moving average; the lines as they are stay behind it. */
  readonly smoothing?: number;
  /** Part of the horizontal axis that is shown. */
  readonly span?: readonly [from: number, to: number] | null;
}

export interface Scale {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

export interface Frame {
  readonly drawn: readonly (Line & Shape)[];
  readonly heights: Scale;
  readonly across: Scale;
}

export function frameOf(options: FrameOptions): Frame {
  const { lines, fromZero = false, closeUp = false, reach = 0, heightSteps = 4, acrossSteps = 5 } = options;
  const { axis, beyond = [] } = options;
  const { logX = false, logY = false, smoothing = 0, span = null } = options;
  const drawn = lines
    .map((line) => ({ ...line, ...shapeOf(line.points, { logX, logY, smoothing, span }) }))
    .filter(({ points }) => points.length > 0);
  const dots = drawn.flatMap(({ raw, points }) => (raw === points ? points : [...raw, ...points]));
  const values = [...dots.map(({ y }) => y), ...beyond.filter((y) => !logY || y > 0)];
  const highest = Math.max(0, ...values);
  // Of a part, what is in it fills the chart.
  const lowest = span ? Math.min(...values) : closeUp ? mostly(drawn) : fromZero ? 0 : Math.min(...values);
  const places = drawn.map(({ points }) => points[points.length - 1].x);
  const most = Math.max(reach, ...places, drawn.length === 0 && reach === 0 ? 1 : 0);
  return {
    drawn,
    heights: logY
      ? logAxis(Math.min(...values), highest)
      : roundAxis(Math.min(lowest, highest), highest, heightSteps),
    across:
      typeof axis === 'object'
        ? { domain: axis.domain, ticks: axis.ticks.map(({ x }) => x) }
        : span
          ? {
              domain: logX
                ? logSpan(
                    span,
                    drawn.map(({ raw }) => raw),
                  )
                : span,
              ticks: roundTicks(span[0], span[1], acrossSteps),
            }
          : most === reach && reach > 0
            ? { domain: [0, reach], ticks: roundTicks(0, reach, acrossSteps) }
            : roundAxis(0, most, acrossSteps),
  };
}

/** From a little below the least to a little above the most: what is measured there is seen whole. */
function logAxis(low: number, high: number): Scale {
  if (!(low > 0 && high > 0)) return { domain: [0.1, 1], ticks: [] };
  const margin = low < high ? (high / low) ** 0.04 : 2;
  const domain = [low / margin, high * margin] as const;
  return { domain, ticks: logTicks(domain[0], domain[1]) };
}

/**
 * The height that all lines but for their first rise stay above: with most of them near their end, differences of a
 * point could not be seen on an axis from 0.
 */
function mostly(lines: readonly { readonly points: readonly Dot[] }[]): number {
  const later = lines.flatMap(({ points }) => {
    const last = points[points.length - 1].x;
    const rest = points.filter(({ x }) => x >= last / 4);
    return rest.length < 3 ? points : rest;
  });
  return later.length === 0 ? 0 : Math.min(...later.map(({ y }) => y));
}

/** Where a value lies on the vertical axis: 0 at its end below, 1 at the one above, and never beyond. */
export function shareOfHeight({ domain: [low, high] }: Scale, logY: boolean, value: number): number {
  const of = (y: number) => (logY ? Math.log(y) : y);
  const share = (of(value) - of(low)) / (of(high) - of(low));
  return Number.isFinite(share) ? Math.max(0, Math.min(1, share)) : 0;
}
