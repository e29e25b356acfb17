/** Where things go in the drawing of a network. Pure numbers, in CSS pixels of a frame that has the stage's size. */

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** From the frame's edge to the middle of the first and last bar. */
  readonly side: number;
  readonly bar: number;
  /** Too small for more than the most needed words. */
  readonly narrow: boolean;
  /** Whether the stage is as wide as a phone: names stand above the rows. */
  readonly phone: boolean;
  /** Too low for anything under the layers. */
  readonly low: boolean;
  /** What the layers keep free: for names above, for counts of units below. */
  readonly top: number;
  readonly bottom: number;
}

/** Less than this and the layers need the room of the words under them. */
const LOW = 112;

/** A stage up to this width has no room for columns beside the drawing. */
const PHONE = 672;

/**
 * The frame for a place of this size. Words keep their size in it; only distances shrink.
 *
 * @param stage Width of all the stage, the columns beside the drawing included.
 */
export function frameOf(width: number, height: number, stage: number): Frame {
  const narrow = width < 480;
  const low = height < LOW;
  return {
    width,
    height,
    side: Math.max(narrow ? 26 : 36, 0.05 * width),
    bar: narrow ? 14 : 20,
    narrow,
    phone: stage <= PHONE,
    low,
    top: narrow || low ? 26 : 30,
    bottom: low && !narrow ? 8 : 26,
  };
}

export interface Bar {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Bars of all levels: input, hidden layers, classes; heights go with the square root of the width. */
export function barsOf(units: readonly number[], frame: Frame): Bar[] {
  const most = Math.sqrt(Math.max(...units));
  const room = frame.height - frame.top - frame.bottom;
  return units.map((count, level) => {
    const height = Math.max(12, (room * Math.sqrt(count)) / most);
    return {
      x: levelX(level, units.length, frame) - frame.bar / 2,
      y: frame.top + (room - height) / 2,
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

/** From a cut's line to where a stream that does not cross it ends: clear of the labels that stand there. */
const SHORT_OF_CUT = 8;

/**
 * The stretches between all bars. Where pieces train alone, a list for each of them, and none reaches a cut
 * (`places`); else all in one list.
 */
export function flowsOf(
  bars: readonly Bar[],
  places: readonly number[],
  alone: boolean,
  strip: { readonly width: number },
): Flowing[][] {
  const short = strip.width / 2 + SHORT_OF_CUT;
  const parts: Flowing[][] = [[]];
  bars.slice(1).forEach((bar, level) => {
    const before = bars[level];
    const stretch = {
      from: before.x + before.width + 3,
      to: bar.x - 3,
      y: bar.y + bar.height / 2,
      apart: Math.min(12, 0.3 * Math.min(bar.height, before.height)),
    };
    const cut = alone ? places.find((x) => x > stretch.from && x < stretch.to) : undefined;
    const here = parts[parts.length - 1];
    if (cut === undefined) here.push(stretch);
    else {
      here.push({ ...stretch, to: cut - short });
      parts.push([{ ...stretch, from: cut + short }]);
    }
  });
  return parts.map((part) => part.filter(({ from, to }) => to > from));
}

/** A cut's handle at the upper end of its line. */
export const HANDLE = { size: 24, top: -11 } as const;

/** Where the label vectors of a cut stand on its line: as wide as the layers beside it leave room for. */
export function stripOf(levels: number, frame: Frame) {
  const { height, top, bottom, bar } = frame;
  const free = gapOf(levels, frame) - bar - 6;
  return {
    y: top + 4,
    width: Math.max(8, Math.min(frame.narrow ? 24 : 36, free)),
    height: Math.max(20, height - top - bottom - 8),
  };
}
