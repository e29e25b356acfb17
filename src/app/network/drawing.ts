/** Where things go in the drawing of a network. Pure numbers, in CSS pixels of a frame that has the page's width. */

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** From the frame's edge to the middle of the first and last bar. */
  readonly side: number;
  readonly bar: number;
  /** Too small for more than the most needed words. */
  readonly narrow: boolean;
}

/** The frame for a place of this width. Words keep their size in it; only distances shrink. */
export function frameOf(width: number): Frame {
  return width < 560
    ? { width, height: 220, side: 30, bar: 12, narrow: true }
    : { width, height: 262, side: 48, bar: 20, narrow: false };
}

const TOP = 36;
/** Names of the layers, and the price of each part below them. */
const BOTTOM = 72;

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Bars of all levels: input, hidden layers, classes; heights go with the square root of the width. */
export function barsOf(units: readonly number[], frame: Frame): Bar[] {
  const most = Math.sqrt(Math.max(...units));
  const room = frame.height - TOP - BOTTOM;
  return units.map((count, level) => {
    const height = Math.max(12, (room * Math.sqrt(count)) / most);
    return {
      x: levelX(level, units.length, frame) - frame.bar / 2,
      y: TOP + (room - height) / 2,
      width: frame.bar,
      height,
    };
  });
}

/** Distance between two levels. */
export const gapOf = (levels: number, { width, side }: Frame): number => (width - 2 * side) / (levels - 1);

/** Horizontal middle of a level. */
export const levelX = (level: number, levels: number, frame: Frame): number =>
  frame.side + level * gapOf(levels, frame);

/** Horizontal place of a cut: halfway to the layer behind the hidden layer it follows. */
export const cutX = (after: number, levels: number, frame: Frame): number =>
  levelX(after + 0.5, levels, frame);

/** The hidden layer a pointer at `x` would cut after. */
export function cutAt(x: number, levels: number, frame: Frame): number {
  const after = Math.round((x - frame.side) / gapOf(levels, frame) - 0.5);
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

/** Where the label vectors of a cut stand on its line: above the grip. */
export const stripOf = ({ height }: Frame) => ({ y: 28, width: 16, height: Math.max(20, height / 2 - 58) });
