/** Where things go in the drawing of a network. Pure numbers, in the units of its viewBox. */

export const WIDTH = 960;
export const HEIGHT = 236;
const SIDE = 44;
const TOP = 34;
const BOTTOM = 30;
const BAR = 16;

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Middle of the bar. */
  readonly centre: number;
}

/** Bars of all levels: input, hidden layers, classes; heights go with the square root of the width. */
export function barsOf(units: readonly number[]): Bar[] {
  const most = Math.sqrt(Math.max(...units));
  const room = HEIGHT - TOP - BOTTOM;
  return units.map((count, level) => {
    const height = Math.max(14, (room * Math.sqrt(count)) / most);
    const centre = levelX(level, units.length);
    return { x: centre - BAR / 2, y: TOP + (room - height) / 2, width: BAR, height, centre };
  });
}

/** Horizontal middle of a level. */
export function levelX(level: number, levels: number): number {
  return SIDE + (level * (WIDTH - 2 * SIDE)) / (levels - 1);
}

/** Horizontal place of a cut: just behind the hidden layer it follows. */
export function cutX(after: number, levels: number): number {
  return (levelX(after, levels) + levelX(after + 1, levels)) / 2;
}

/** The hidden layer a pointer at `x` would cut after. */
export function cutAt(x: number, levels: number): number {
  const gap = (WIDTH - 2 * SIDE) / (levels - 1);
  const after = Math.round((x - SIDE) / gap - 0.5);
  return Math.max(1, Math.min(levels - 2, after));
}

/** The band between two bars, as an SVG path. */
export function band(from: Bar, to: Bar): string {
  const x0 = from.x + from.width;
  const x1 = to.x;
  const middle = (x0 + x1) / 2;
  return (
    `M${x0} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${x1} ${to.y}` +
    `V${to.y + to.height}C${middle} ${to.y + to.height} ${middle} ${from.y + from.height} ${x0} ${from.y + from.height}Z`
  );
}
