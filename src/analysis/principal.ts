/** The two directions in which points differ most, found again each time from where they were before. */

export interface Basis {
  readonly mean: Float64Array;
  /** Two unit vectors at right angles. */
  readonly axes: readonly [Float64Array, Float64Array];
}

/** Enough to be steady on a screen from a good start; a cold start takes more. */
const ROUNDS = 12;
const COLD_ROUNDS = 60;

/**
 * Principal components by subspace iteration (Golub & Van Loan, 8.2.4).
 *
 * @param points `[count, width]`
 * @param before Where to start: the axes then turn little from picture to picture, and never jump to their mirror image.
 */
export function principalBasis(points: Float32Array, width: number, before: Basis | null = null): Basis {
  const count = points.length / width;
  const mean = new Float64Array(width);
  for (let i = 0; i < points.length; i++) mean[i % width] += points[i] / count;
  const start = before?.mean.length === width ? before.axes : null;
  let axes: [Float64Array, Float64Array] = start
    ? [start[0].slice(), start[1].slice()]
    : [spread(width, 1), spread(width, 2)];
  orthonormalise(axes);
  const previous = axes;
  for (let round = 0; round < (start ? ROUNDS : COLD_ROUNDS); round++) {
    axes = axes.map((axis) => spreadAlong(points, mean, axis)) as [Float64Array, Float64Array];
    orthonormalise(axes);
  }
  if (start) alignTo(axes, previous);
  return { mean, axes };
}

/** `[count, 2]` */
export function project(points: Float32Array, { mean, axes }: Basis): Float32Array {
  const width = mean.length;
  const count = points.length / width;
  const flat = new Float32Array(2 * count);
  for (let n = 0; n < count; n++) {
    for (let axis = 0; axis < 2; axis++) {
      let sum = 0;
      for (let i = 0; i < width; i++) sum += (points[n * width + i] - mean[i]) * axes[axis][i];
      flat[2 * n + axis] = sum;
    }
  }
  return flat;
}

/** Covariance times a vector, up to a factor. */
function spreadAlong(points: Float32Array, mean: Float64Array, axis: Float64Array): Float64Array {
  const width = mean.length;
  const result = new Float64Array(width);
  for (let at = 0; at < points.length; at += width) {
    let share = 0;
    for (let i = 0; i < width; i++) share += (points[at + i] - mean[i]) * axis[i];
    for (let i = 0; i < width; i++) result[i] += share * (points[at + i] - mean[i]);
  }
  return result;
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);

function orthonormalise([first, second]: readonly [Float64Array, Float64Array]): void {
  normalise(first, 0);
  const share = dot(first, second);
  for (let i = 0; i < second.length; i++) second[i] -= share * first[i];
  normalise(second, 1);
}

/** To length 1; a direction that has vanished becomes one of the coordinates. */
function normalise(axis: Float64Array, coordinate: number): void {
  const length = Math.sqrt(dot(axis, axis));
  if (length < 1e-12) axis.fill(0).fill(1, coordinate % axis.length, (coordinate % axis.length) + 1);
  else for (let i = 0; i < axis.length; i++) axis[i] /= length;
}

/** Turns and mirrors the pair within its plane until it lies as near as it can to where it was (Procrustes in two dimensions). */
function alignTo(axes: readonly [Float64Array, Float64Array], before: readonly [Float64Array, Float64Array]) {
  const [a, b] = axes;
  const [c, d] = before;
  const [ac, ad, bc, bd] = [dot(a, c), dot(a, d), dot(b, c), dot(b, d)];
  const turned = Math.hypot(ac + bd, bc - ad);
  const mirrored = Math.hypot(ac - bd, bc + ad);
  const flip = mirrored > turned ? -1 : 1;
  const angle = Math.atan2(bc - flip * ad, ac + flip * bd);
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    a[i] = cosine * x + sine * y;
    b[i] = flip * (cosine * y - sine * x);
  }
}

/** A fixed start that is no coordinate and no symmetry of the data. */
const spread = (width: number, which: number) =>
  Float64Array.from({ length: width }, (_, i) => Math.sin(1 + i * (which === 1 ? 1.618 : 2.414)));
