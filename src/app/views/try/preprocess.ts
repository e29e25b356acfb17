/**
 * From ink to an image as the training images were made.
 *
 * EMNIST (Cohen et al. 2017, section II-A): smoothed with a Gaussian of one pixel of 128, cut to the character with its
 * aspect kept, put in the middle of a square with a border of two pixels, sampled down to 28 × 28. MNIST (LeCun et al.
 * 1998): scaled into 20 × 20 and put so that its centre of mass is the middle of 28 × 28. The networks here see
 * characters upright; EMNIST's files hold them transposed, and the loader turns them once for all.
 */

import type { DatasetFacts } from '../../../experiment/datasets/facts.ts';

export interface Ink {
  /** 0 … 1, `[side, side]`, row by row. */
  readonly values: Float32Array;
  readonly side: number;
}

const SIDE = 28;
const BORDER = 2;
const MNIST_BOX = 20;

/** Bytes `[28, 28]`, or null where nothing was drawn. */
export function preprocess(ink: Ink, centred: DatasetFacts['centred']): Uint8Array | null {
  const smooth = blur(ink, ink.side / 128);
  const box = bounds(smooth);
  if (!box) return null;
  const { left, top, width, height } = box;
  const size = Math.max(width, height);
  const room = centred === 'mass' ? MNIST_BOX : SIDE - 2 * BORDER;
  const scale = size / room;
  // The middle of the box, or where it has most weight, comes to the middle of the image.
  const middle = centred === 'mass' ? centre(smooth) : { x: left + width / 2, y: top + height / 2 };
  const sampled = new Float32Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const x = middle.x + (column - SIDE / 2) * scale;
      const y = middle.y + (row - SIDE / 2) * scale;
      sampled[row * SIDE + column] = mean(smooth, x, y, scale);
    }
  }
  const most = Math.max(...sampled);
  return Uint8Array.from(sampled, (value) => Math.round((255 * value) / (most || 1)));
}

/** A Gaussian of the given standard deviation, rows then columns. */
function blur({ values, side }: Ink, std: number): Ink {
  const reach = Math.ceil(3 * std);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * std ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const along = (source: Float32Array, step: number, line: number) => {
    const result = new Float32Array(source.length);
    for (let a = 0; a < side; a++) {
      for (let b = 0; b < side; b++) {
        let sum = 0;
        for (let i = -reach; i <= reach; i++) {
          const at = b + i;
          if (at >= 0 && at < side) sum += weights[i + reach] * source[a * line + at * step];
        }
        result[a * line + b * step] = sum / total;
      }
    }
    return result;
  };
  return { values: along(along(values, 1, side), side, 1), side };
}

/** Ink weaker than this share of black does not count for where the character ends. */
const FAINT = 0.1;

function bounds({ values, side }: Ink): { left: number; top: number; width: number; height: number } | null {
  let [left, top, right, bottom] = [side, side, -1, -1];
  values.forEach((value, at) => {
    if (value < FAINT) return;
    const [x, y] = [at % side, Math.floor(at / side)];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  });
  return right < 0 ? null : { left, top, width: right + 1 - left, height: bottom + 1 - top };
}

function centre({ values, side }: Ink): { x: number; y: number } {
  let [x, y, weight] = [0, 0, 0];
  values.forEach((value, at) => {
    x += value * ((at % side) + 0.5);
    y += value * (Math.floor(at / side) + 0.5);
    weight += value;
  });
  return { x: x / weight, y: y / weight };
}

/** Mean ink of a square whose upper left corner is (x, y); outside there is none. */
function mean({ values, side }: Ink, x: number, y: number, size: number): number {
  let sum = 0;
  let weight = 0;
  const last = { x: x + size, y: y + size };
  for (let row = Math.floor(y); row < last.y; row++) {
    const high = Math.min(row + 1, last.y) - Math.max(row, y);
    for (let column = Math.floor(x); column < last.x; column++) {
      const share = high * (Math.min(column + 1, last.x) - Math.max(column, x));
      weight += share;
      if (row >= 0 && row < side && column >= 0 && column < side) sum += share * values[row * side + column];
    }
  }
  return weight > 0 ? sum / weight : 0;
}
