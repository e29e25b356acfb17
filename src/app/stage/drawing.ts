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

/** The frame for a place of this size. Words keep their size in it; only distances shrink. */
export function frameOf(width: number, height: number): Frame {
  return width < 560
    ? { width, height, side: 30, bar: 12, narrow: true }
    : { width, height, side: 48, bar: 20, narrow: false };
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

/** A stretch between two layers through which something runs: two streams, above and below its middle. */
export interface Flowing {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly apart: number;
}

/** From a cut's line to where a stream that does not cross it ends. */
const SHORT_OF_CUT = 12;

/**
 * The stretches between all bars. Where partitions train alone, a list for each of them, and none reaches a cut
 * (`places`); else all in one list.
 */
export function flowsOf(bars: readonly Bar[], places: readonly number[], alone: boolean): Flowing[][] {
  const parts: Flowing[][] = [[]];
  bars.slice(1).forEach((bar, level) => {
    const before = bars[level];
    const stretch = {
      from: before.x + before.width + 3,
      to: bar.x - 3,
      y: bar.y + bar.height / 2,
      apart: Math.min(14, 0.3 * Math.min(bar.height, before.height)),
    };
    const cut = alone ? places.find((x) => x > stretch.from && x < stretch.to) : undefined;
    const here = parts[parts.length - 1];
    if (cut === undefined) here.push(stretch);
    else {
      here.push({ ...stretch, to: cut - SHORT_OF_CUT });
      parts.push([{ ...stretch, from: cut + SHORT_OF_CUT }]);
    }
  });
  return parts.map((part) => part.filter(({ from, to }) => to > from));
}

/** A cut's handle on its line, in the middle of the bars. */
export const HANDLE = {
  width: 16,
  height: 36,
  top: ({ height }: Frame): number => height / 2 - 23,
} as const;

/** Where the label vectors of a cut stand on its line: above the handle. */
export const stripOf = ({ height }: Frame) => ({ y: 28, width: 16, height: Math.max(20, height / 2 - 58) });
