/** Where a strategy's row has its devices and its counters: on the drawing's own axis, broken where the cuts are. */
import { bytes } from '../format.ts';

/** A stretch of a row, in pixels of the drawing's frame. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Pixels that a cut opens to each side where there is room for all: a number, its unit and a word. */
const WIDE = 76;
/** Parts of a piece's stretch that cuts may take from it: two of an inner piece, one of an outer one. */
const TAKEN = 0.27;
/** On a phone the numbers of what is held stand in a line of their own, and the counters take more. */
const NARROW = { most: 40, taken: 0.4 };

export interface RowLayout {
  /** One per device, in order. */
  readonly blocks: readonly Stretch[];
  /** One per cut, around it: what is sent there. */
  readonly gaps: readonly Stretch[];
}

/** @param places The cuts, in pixels from the left, in order. */
export function rowLayout(width: number, places: readonly number[], narrow: boolean): RowLayout {
  const edges = [0, ...places, width];
  const last = edges.length - 2;
  // An outer piece has a cut at one side only.
  const room = edges.slice(1).map((to, i) => (to - edges[i]) * (i === 0 || i === last ? 2 : 1));
  const half = Math.min(narrow ? NARROW.most : WIDE, (narrow ? NARROW.taken : TAKEN) * Math.min(...room));
  return {
    blocks: edges.slice(1).map((to, i) => ({
      from: i === 0 ? 0 : edges[i] + half,
      to: i === last ? width : to - half,
    })),
    gaps: places.map((x) => ({ from: x - half, to: x + half })),
  };
}

/** `4.02 MB` in its two halves; marks of direction are for text that runs from right to left, and rows do not. */
function halves(amount: string): { readonly number: string; readonly unit: string } {
  const [number, unit = ''] = amount.replace(/[\u2066-\u2069]/g, '').split(' ');
  return { number, unit };
}

/**
 * Bytes in the unit of the largest of their row: `177 kB` beside `1.07 MB` is `0.18 MB`, since where there is no room the
 * units go. Nothing is `0 B` everywhere.
 */
export function numberAndUnit(
  value: number,
  largest: number,
): { readonly number: string; readonly unit: string } {
  const own = halves(bytes(value));
  const { number, unit } = halves(bytes(largest));
  if (value === 0 || own.unit === unit) return own;
  return { number: ((value * Number(number)) / largest).toFixed(2), unit };
}
