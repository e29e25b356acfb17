/** Building blocks of the codes: sets of random row vectors, `[count, width]` row-major. */
import type { Random } from '../network/random.ts';

/** Independent entries of mean 0 and std 1. */
export function gaussianRows(count: number, width: number, random: Random): Float64Array {
  const rows = new Float64Array(count * width);
  for (let i = 0; i < rows.length; i++) rows[i] = random.normal();
  return rows;
}

/** All entries × `factor`, rounded to float32 once. */
export function scaledRows(rows: Float64Array, factor: number): Float32Array<ArrayBuffer> {
  const scaled = new Float32Array(rows.length);
  for (let i = 0; i < rows.length; i++) scaled[i] = rows[i] * factor;
  return scaled;
}

/**
 * Rows of length 1 at right angles, uniformly turned: Gram–Schmidt on Gaussian rows.
 * At most `width` rows can be; more come in blocks of `width` rows, each block orthonormal in itself and turned anew.
 *
 * @param centre Subtracts each block's mean and restores length 1: k vectors whose pairs all have cosine −1 / (k − 1),
 *   the corners of a simplex. A block of one row is left as it is, for its centre is itself.
 */
export function orthonormalRows(count: number, width: number, random: Random, centre: boolean): Float64Array {
  const rows = new Float64Array(count * width);
  for (let first = 0; first < count; first += width) {
    const size = Math.min(width, count - first);
    const block = rows.subarray(first * width, (first + size) * width);
    orthonormalBlock(block, size, width, random);
    if (centre && size > 1) centreBlock(block, size, width);
  }
  return rows;
}

function orthonormalBlock(block: Float64Array, size: number, width: number, random: Random): void {
  for (let index = 0; index < size; index++) {
    const row = block.subarray(index * width, (index + 1) * width);
    for (;;) {
      for (let i = 0; i < width; i++) row[i] = random.normal();
      const before = dot(row, row);
      // Twice, because once leaves rounding errors as large as the part removed (Parlett's "twice is enough").
      for (let pass = 0; pass < 2; pass++) {
        for (let other = 0; other < index; other++) {
          const earlier = block.subarray(other * width, (other + 1) * width);
          addScaled(row, earlier, -dot(row, earlier));
        }
      }
      const left = dot(row, row);
      // A draw (almost) within the earlier rows' span has no direction of its own: draw again.
      if (left > 1e-9 * before && left > 0) {
        scale(row, 1 / Math.sqrt(left));
        break;
      }
    }
  }
}

function centreBlock(block: Float64Array, size: number, width: number): void {
  const mean = new Float64Array(width);
  for (let index = 0; index < size; index++) {
    addScaled(mean, block.subarray(index * width, (index + 1) * width), 1 / size);
  }
  for (let index = 0; index < size; index++) {
    const row = block.subarray(index * width, (index + 1) * width);
    addScaled(row, mean, -1);
    scale(row, 1 / Math.sqrt(dot(row, row)));
  }
}

/** How often a row that repeats an earlier one is drawn again. Narrow boundaries may have fewer rows than classes. */
const REDRAWS = 64;

/** Rows filled by `draw`; one that equals an earlier row is drawn again, as far as `REDRAWS` goes. */
export function distinctRows(
  count: number,
  width: number,
  draw: (row: Float32Array) => void,
): Float32Array<ArrayBuffer> {
  const rows = new Float32Array(count * width);
  const row = (index: number) => rows.subarray(index * width, (index + 1) * width);
  for (let index = 0; index < count; index++) {
    const repeats = () => {
      for (let other = 0; other < index; other++) {
        if (row(other).every((value, i) => value === rows[index * width + i])) return true;
      }
      return false;
    };
    draw(row(index));
    for (let again = 0; again < REDRAWS && repeats(); again++) draw(row(index));
  }
  return rows;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function addScaled(target: Float64Array, source: Float64Array, factor: number): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * source[i];
}

function scale(row: Float64Array, factor: number): void {
  for (let i = 0; i < row.length; i++) row[i] *= factor;
}
