/** How the numbers and names on a chart's axes are drawn. What Recharts is given stays the same object: it compares. */
import { bytes, count, significant } from '../format.ts';
import { chartsText as text } from '../text/charts.ts';
import type { Axis } from './series.ts';

export const TICK = { fill: 'var(--ink-3)', fontSize: 12 } as const;

/** How a place on the horizontal axis is written. */
export const PLACES: Readonly<Record<Axis, (x: number) => string>> = {
  epochs: significant,
  seconds: significant,
  samples: count,
  flops: count,
  bytes,
};

interface TickProps {
  readonly x: number | string;
  readonly y: number | string;
  readonly payload: { readonly value: number };
}

type Tick = (props: TickProps) => React.JSX.Element;
type Anchor = 'middle' | 'end';

const known = new WeakMap<(value: number) => string, Partial<Record<Anchor, Tick>>>();

/**
 * A number on an axis. Recharts' own asks the browser for its font and its size, each time a layout of the page, and
 * draws the whole axis again when it has the answer; here both are known.
 */
export function tickOf(anchor: Anchor, write: (value: number) => string): Tick {
  const ticks = known.get(write) ?? {};
  known.set(write, ticks);
  return (ticks[anchor] ??= ({ x, y, payload }) => (
    <text x={x} y={y} dy={anchor === 'end' ? '0.355em' : '0.71em'} textAnchor={anchor} {...TICK}>
      {write(payload.value)}
    </text>
  ));
}

/** The horizontal axis's name. */
export const nameOf = (axis: Axis) => ({
  value: text.axis.units[axis],
  position: 'bottom' as const,
  offset: 2,
  ...TICK,
});
