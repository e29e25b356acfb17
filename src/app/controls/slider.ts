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

/**
 * The value after moving the slider from `value` to `notch`. Rounding must not swallow the move, or the arrow keys
 * would be stuck wherever a notch is finer than the last digit: then that digit moves by one.
 */
export function moved(value: number, notch: number, span: Span, whole: boolean): number {
  const from = toNotch(value, span);
  const to = fromNotch(notch, span, whole);
  const up = notch > from;
  if (notch === from || (up ? to > value : to < value)) return to;
  const digit = whole ? 1 : 10 ** (Math.floor(Math.log10(Math.abs(value) || 1)) - 1);
  const next = value + (up ? digit : -digit);
  const rounded = whole ? next : Number(next.toPrecision(2));
  return Math.max(span[0], Math.min(span[1], rounded));
}
