/** How the numbers and names on a chart's axes are drawn. What Recharts is given stays the same object: it compares. */
import { bytes, count, significant } from '../format.ts';
import { chartsText as text } from '../text/charts.ts';
import { labelAt, type Across } from './across.ts';
import type { Axis } from './series.ts';

export const TICK = { fill: 'var(--ink-3)', fontSize: 13 } as const;

/** How a place on the horizontal axis is written. */
export const PLACES: Readonly<Record<Axis, (x: number) => string>> = {
  epochs: significant,
  seconds: significant,
  samples: count,
  flops: count,
  bytes,
};

/** How a place on an axis is written, and what the axis is of. */
export const writeAt = (axis: Axis | Across): ((x: number) => string) =>
  typeof axis === 'string' ? PLACES[axis] : (x) => labelAt(axis, x);
export const unitOf = (axis: Axis | Across): string =>
  typeof axis === 'string' ? text.axis.units[axis] : axis.name;

/** A place with what the axis is of: `3 epochs`, `Cuts: 1,2`. */
export const placeWords = (axis: Axis | Across, x: number): string =>
  typeof axis === 'string'
    ? `${significant(x)} ${text.axis.units[axis]}`
    : text.axis.place(axis.name, labelAt(axis, x));

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

/** Pixels of one, about. */
const LETTER = 8;

/** A place on the horizontal axis; at the last one stands the unit, too. */
export function placeOf(axis: Axis | Across) {
  if (typeof axis !== 'string') return namedPlace(axis);
  return (places[axis] ??= ({ x, y, width, payload, index, visibleTicksCount }: PlaceProps) => {
    const last = index === visibleTicksCount - 1;
    const value = PLACES[axis](payload.value);
    // The one before the last makes room for the unit where there is little.
    const room = Number(width ?? Infinity) / Math.max(1, visibleTicksCount - 1);
    const needed = LETTER * (text.axis.at[axis](value).length + value.length / 2);
    if (index > 0 && index === visibleTicksCount - 2 && room < needed) return <g />;
    return (
      <text x={last ? Number(x) + 8 : x} y={y} dy="0.71em" textAnchor={last ? 'end' : 'middle'} {...TICK}>
        {last ? text.axis.at[axis](value) : value}
      </text>
    );
  });
}

interface PlaceProps extends TickProps {
  readonly index: number;
  readonly width?: number | string | undefined;
  readonly visibleTicksCount: number;
}

const named = new WeakMap<Across, (props: PlaceProps) => React.JSX.Element>();

/** The name of a place; some are left out where all would run into each other. */
function namedPlace(axis: Across) {
  const known = named.get(axis);
  if (known) return known;
  const longest = Math.max(...axis.ticks.map(({ label }) => label.length));
  const made = ({ x, y, width, payload, index }: PlaceProps) => {
    const room = Number(width ?? Infinity) / Math.max(1, axis.ticks.length);
    const every = Math.max(1, Math.ceil((LETTER * (longest + 1)) / room));
    if (index % every !== 0) return <g />;
    return (
      <text x={x} y={y} dy="0.71em" textAnchor="middle" {...TICK}>
        {labelAt(axis, payload.value)}
      </text>
    );
  };
  named.set(axis, made);
  return made;
}

const places: Partial<Record<Axis, (props: PlaceProps) => React.JSX.Element>> = {};
