/** Where the dots and letters of a picture go: all of them, or what lies around one class. Pixels. */
import type { CutPicture } from '../../../analysis/serve.ts';

export interface Placed {
  /** `[characters, 2]` */
  readonly points: Float32Array;
  /** `[classes, 2]`; empty where a cut has no label vectors. */
  readonly labels: Float32Array;
  /** Of each point. */
  readonly classes: Uint8Array;
}

const PAD = 18;
/** Labels that are seen beside the one that is looked at. */
const AROUND = 4;
/** Pixels from a letter in which a press is meant for it. */
const REACH = 22;

const distance = (values: ArrayLike<number>, one: number, x: number, y: number): number =>
  Math.hypot(values[2 * one] - x, values[2 * one + 1] - y);

/** Labels by their distance from a place, the nearest first. */
const byDistance = (labels: Float32Array, x: number, y: number): number[] =>
  Array.from({ length: labels.length / 2 }, (_, label) => label).sort(
    (a, b) => distance(labels, a, x, y) - distance(labels, b, x, y),
  );

/** Coordinates of a class's dots, its label and those beside it. */
function around({ points, labels, classes }: CutPicture, label: number): number[] {
  const dots = [...points].filter((_, i) => classes[i >> 1] === label);
  const near = byDistance(labels, labels[2 * label], labels[2 * label + 1]).slice(0, 1 + AROUND);
  return [...dots, ...near.flatMap((one) => [labels[2 * one], labels[2 * one + 1]])];
}

/**
 * From the projection's units to a square canvas, with one scale for both directions.
 *
 * @param only The class that is looked at: its dots, its label and the nearest others fill the canvas; null for all.
 */
export function place(picture: CutPicture, side: number, only: number | null): Placed {
  const { points, labels, classes } = picture;
  const near = only === null ? [] : around(picture, only);
  const shown = near.length > 0 ? near : [...points, ...labels];
  const range = (axis: number) => {
    const values = shown.filter((_, i) => i % 2 === axis);
    return { low: Math.min(...values), high: Math.max(...values) };
  };
  const ranges = [range(0), range(1)];
  const most = Math.max(1e-9, ...ranges.map(({ low, high }) => high - low));
  const scale = (side - 2 * PAD) / most;
  const middle = ranges.map(({ low, high }) => (low + high) / 2);
  const set = (values: Float32Array) => values.map((value, i) => side / 2 + scale * (value - middle[i % 2]));
  return { points: set(points), labels: set(labels), classes };
}

/** Between two arrays of one length: the first at a share of 0, the second at 1. */
export const mix = (a: Float32Array, b: Float32Array, share: number): Float32Array =>
  a.length === b.length ? b.map((value, i) => a[i] + share * (value - a[i])) : b;

/** The label that a press is meant for; null where none is near. */
export function labelAt({ labels }: Placed, x: number, y: number): number | null {
  const nearest = byDistance(labels, x, y)[0];
  return nearest !== undefined && distance(labels, nearest, x, y) <= REACH ? nearest : null;
}
