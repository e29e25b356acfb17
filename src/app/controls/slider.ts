/** Between a field's range and the positions of a slider: logarithmic where the range starts above zero. */

/** Slider positions: fine enough to feel continuous. */
export const NOTCHES = 200;

type Span = readonly [low: number, high: number];

/** The position nearest to a value; values beyond the range lie at its ends. */
export function toNotch(value: number, [low, high]: Span): number {
  const inside = Math.max(low, Math.min(high, value));
  const share = low > 0 ? Math.log(inside / low) / Math.log(high / low) : (inside - low) / (high - low);
  return Math.round(NOTCHES * share);
}

/** The value at a position, whole or with two significant digits: what a person would have typed. */
export function fromNotch(notch: number, [low, high]: Span, whole: boolean): number {
  const share = notch / NOTCHES;
  const value = low > 0 ? low * (high / low) ** share : low + share * (high - low);
  return whole ? Math.round(value) : Number(value.toPrecision(2));
}
