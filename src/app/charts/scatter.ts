/** Where dots, their names and the axes of a picture go: a logarithmic axis that has a place for zero, too. Pixels. */
import { roundAxis } from '../ticks.ts';

export interface Dot {
  readonly x: number;
  readonly y: number;
  /** Stands beside it; none where it has no room of its own. */
  readonly name?: string | undefined;
}

export interface Tick {
  readonly at: number;
  readonly value: number;
}

export interface Name {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
  readonly text: string;
}

export interface Scatter {
  readonly dots: readonly { readonly x: number; readonly y: number }[];
  /** By dot; null where it has none. */
  readonly names: readonly (Name | null)[];
  readonly across: readonly Tick[];
  readonly up: readonly Tick[];
  /** Where the axis is broken between zero and the rest; null where it is not. */
  readonly broken: number | null;
}

export const PLOT = { left: 52, right: 14, top: 12, bottom: 30 } as const;
/** Room that zero takes of a logarithmic axis. */
const ZERO = 92;
/** Room that a tick's number takes, e.g. of 100 MB. */
const TICK = 54;
/** From one dot's middle to the next one's where they stand side by side. */
const DODGE = 12;
const NAME = { letter: 7.8, row: 15, gap: 9 } as const;

export function scatterOf(dots: readonly Dot[], width: number, height: number): Scatter {
  const [left, right, top, bottom] = [PLOT.left, width - PLOT.right, PLOT.top, height - PLOT.bottom];
  const positive = dots.map(({ x }) => x).filter((x) => x > 0);
  const zero = positive.length < dots.length;
  const from = zero && positive.length > 0 ? left + ZERO : left;
  const decades = decadesOf(positive);
  const { domain, ticks } = roundAxis(
    Math.min(...dots.map(({ y }) => y)),
    Math.max(...dots.map(({ y }) => y)),
    5,
  );
  const across = (x: number) =>
    x > 0
      ? from + ((Math.log10(x) - decades[0]) / (decades[1] - decades[0])) * (right - from)
      : positive.length > 0
        ? left + ZERO / 4
        : (left + right) / 2;
  const up = (y: number) => bottom - ((y - domain[0]) / (domain[1] - domain[0])) * (bottom - top);
  const placed = besideEachOther(dots.map(({ x, y }) => ({ x: across(x), y: up(y), free: x === 0 })));
  return {
    dots: placed,
    names: namesOf(dots, placed, { left, right, top, bottom }),
    across: apart(
      [...(zero ? [0] : []), ...ticksOf(decades, positive.length > 0)].map((value) => ({
        value,
        at: across(value),
      })),
    ),
    up: ticks.map((value) => ({ value, at: up(value) })),
    broken: zero && positive.length > 0 ? left + ZERO / 2 : null,
  };
}

/** Dots at zero that would lie upon each other stand side by side there: zero is a place, no scale. */
function besideEachOther(
  dots: readonly { readonly x: number; readonly y: number; readonly free: boolean }[],
): Scatter['dots'] {
  const placed: { x: number; y: number }[] = [];
  for (const { x, y, free } of dots) {
    const clear = (at: number) => placed.every((other) => Math.hypot(at - other.x, y - other.y) >= DODGE);
    const at = free ? [0, 1, -1].map((step) => x + step * DODGE).find(clear) : x;
    placed.push({ x: at ?? x, y });
  }
  return placed;
}

/** Powers of ten that hold all numbers, a little beyond them; half ones where that is closer. */
function decadesOf(values: readonly number[]): readonly [number, number] {
  if (values.length === 0) return [0, 1];
  const logs = values.map(Math.log10);
  const low = Math.floor(2 * (Math.min(...logs) - 0.02)) / 2;
  const high = Math.ceil(2 * (Math.max(...logs) + 0.02)) / 2;
  return [low, Math.max(high, low + 0.5)];
}

/** Powers of ten; where there are few, round numbers between them as well. */
function ticksOf([low, high]: readonly [number, number], any: boolean): number[] {
  if (!any) return [];
  const factors = high - low > 2 ? [1] : high - low > 1 ? [1, 2, 5] : [1, 1.5, 2, 3, 5, 7];
  const powers = Array.from({ length: Math.ceil(high) - Math.floor(low) + 1 }, (_, i) => Math.floor(low) + i);
  return powers
    .flatMap((power) => factors.map((factor) => factor * 10 ** power))
    .filter((value) => Math.log10(value) >= low - 1e-9 && Math.log10(value) <= high + 1e-9);
}

/** Those whose numbers do not run into each other, zero and powers of ten before what is between them. */
function apart(ticks: readonly Tick[]): Tick[] {
  const even = ({ value }: Tick) => value === 0 || Number.isInteger(Number(Math.log10(value).toFixed(9)));
  const kept: Tick[] = [];
  for (const tick of [...ticks.filter(even), ...ticks.filter((one) => !even(one))])
    if (kept.every(({ at }) => Math.abs(at - tick.at) >= TICK)) kept.push(tick);
  return kept.sort((a, b) => a.at - b.at);
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const meet = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Beside its dot, on the side with room; a row further up or down where another name or dot stands there. */
function namesOf(dots: readonly Dot[], placed: Scatter['dots'], frame: Box): (Name | null)[] {
  const taken: Box[] = placed.map(({ x, y }) => ({ left: x - 8, right: x + 8, top: y - 5, bottom: y + 5 }));
  return dots.map(({ name }, index) => {
    if (!name) return null;
    const { x, y } = placed[index];
    const length = NAME.letter * name.length;
    const sides = [1, -1].filter((side) =>
      side > 0 ? x + NAME.gap + length <= frame.right : x - NAME.gap - length >= frame.left,
    );
    const rows = [0, 1, -1, 2, -2, 3, -3].map((row) => y + row * NAME.row);
    for (const middle of rows) {
      for (const side of sides) {
        const start = side > 0 ? x + NAME.gap : x - NAME.gap - length;
        const box = { left: start, right: start + length, top: middle - 7, bottom: middle + 7 };
        const inside = box.top >= frame.top - 8 && box.bottom <= frame.bottom;
        if (!inside || taken.some((other) => meet(box, other))) continue;
        taken.push(box);
        return {
          x: side > 0 ? start : start + length,
          y: middle,
          anchor: side > 0 ? 'start' : 'end',
          text: name,
        };
      }
    }
    return null;
  });
}
