/**
 * The maths of training, written to be read. Plain loops, no dependency, double precision: slow, and the oracle
 * every fast engine is tested against.
 *
 * All matrices are row-major: element (row, column) of an `[rows, columns]` array is at `row * columns + column`.
 */
import type { Numbers } from './layers/layer.ts';
import type { OptimizerSettings } from './optimizers/optimizer.ts';
import { OPTIMIZERS, type OptimizerId } from './optimizers/registry.ts';

/**
 * How far outputs are from label vectors, and from being another class's:
 * `scale · ‖y − C_t‖² − weight · log softmax_k(−sharpness · ‖y − C_k‖²)[t]`, t being the sample's class.
 */
export interface LabelLoss {
  /** 1 / width for the mean over units, 1 for their sum. */
  readonly scale: number;
  /** Of the cross-entropy; 0: squared distance alone. */
  readonly weight: number;
  readonly sharpness: number;
}

/** A loss over a batch and its derivative. */
export interface Loss {
  /** Sum over the batch's samples. Divide by the number of samples for the mean. */
  readonly sum: number;
  /** ∂(sum / divisor)/∂y, shaped like y. */
  readonly gradient: Float64Array;
  /** Samples whose answer is right. */
  readonly correct: number;
}

/** Factors on samples' losses by class; none: 1 each. */
export type ClassWeights = ArrayLike<number> | undefined;

/**
 * Softmax cross-entropy: `−log softmax(logits)[target]` per sample; right if the target has the largest logit
 * (the first of equals wins).
 *
 * @param logits `[batch, classes]`
 * @param divisor The loss is averaged over this many samples; the whole batch, also when this is one micro-batch of it.
 */
export function softmaxCrossEntropy(
  logits: Numbers,
  targets: ArrayLike<number>,
  classes: number,
  divisor: number,
  weights?: ClassWeights,
): Loss {
  const gradient = new Float64Array(targets.length * classes);
  let sum = 0;
  let correct = 0;
  for (let n = 0; n < targets.length; n++) {
    const row = logits.subarray(n * classes, (n + 1) * classes);
    let best = 0;
    for (let j = 1; j < classes; j++) if (row[j] > row[best]) best = j;
    if (best === targets[n]) correct++;
    const weight = weights?.[targets[n]] ?? 1;
    let normaliser = 0;
    for (let j = 0; j < classes; j++) normaliser += Math.exp(row[j] - row[best]);
    sum += weight * (Math.log(normaliser) + row[best] - row[targets[n]]);
    for (let j = 0; j < classes; j++) {
      const probability = Math.exp(row[j] - row[best]) / normaliser;
      gradient[n * classes + j] = (weight * (probability - (j === targets[n] ? 1 : 0))) / divisor;
    }
  }
  return { sum, gradient, correct };
}

/**
 * Squared distance to each sample's label vector, times `scale` (1 / width for the mean over units, 1 for their sum).
 * Right if no other class's vector is nearer.
 *
 * @param y `[batch, width]`
 * @param table Label vectors `[classes, width]`
 */
export function squaredDistanceToLabels(
  y: Numbers,
  targets: ArrayLike<number>,
  table: Numbers,
  width: number,
  scale: number,
  divisor: number,
  weights?: ClassWeights,
): Loss {
  const gradient = new Float64Array(targets.length * width);
  let sum = 0;
  for (let n = 0; n < targets.length; n++) {
    const target = targets[n] * width;
    const factor = scale * (weights?.[targets[n]] ?? 1);
    for (let j = 0; j < width; j++) {
      const difference = y[n * width + j] - table[target + j];
      sum += factor * difference * difference;
      gradient[n * width + j] = (2 * factor * difference) / divisor;
    }
  }
  return { sum, gradient, correct: countNearest(y, targets, table, width) };
}

/**
 * Squared distance to what was aimed at, times `scale`. Whether an answer is right is not asked.
 *
 * @param y `[count, width]`, @param aims the same.
 * @param factors On each sample's loss, `[count]`.
 */
export function squaredDistance(
  y: Numbers,
  aims: Numbers,
  scale: number,
  divisor: number,
  factors: ArrayLike<number>,
): Loss {
  const width = y.length / factors.length;
  const gradient = new Float64Array(y.length);
  let sum = 0;
  for (let at = 0; at < y.length; at++) {
    const difference = y[at] - aims[at];
    const factor = scale * factors[Math.floor(at / width)];
    sum += factor * difference * difference;
    gradient[at] = (2 * factor * difference) / divisor;
  }
  return { sum, gradient, correct: 0 };
}

/**
 * Answers to which no other class's vector is nearer than the own.
 *
 * @param y `[count, width]`, @param table Label vectors `[classes, width]`
 */
export function countNearest(y: Numbers, targets: ArrayLike<number>, table: Numbers, width: number): number {
  let correct = 0;
  for (let n = 0; n < targets.length; n++) {
    const row = y.subarray(n * width, (n + 1) * width);
    if (nearestRow(row, table, table.length / width) === targets[n]) correct++;
  }
  return correct;
}

/**
 * Squared distance to the class's label vector, and cross-entropy over the distances to all of them (`LabelLoss`).
 * Right as above.
 *
 * @param y `[batch, width]`
 * @param table Label vectors C `[classes, width]`
 */
export function hybridLoss(
  y: Numbers,
  targets: ArrayLike<number>,
  table: Numbers,
  width: number,
  { scale, weight, sharpness }: LabelLoss,
  divisor: number,
  weights?: ClassWeights,
): Loss {
  const near = squaredDistanceToLabels(y, targets, table, width, scale, divisor, weights);
  const classes = table.length / width;
  const logits = new Float64Array(targets.length * classes);
  for (let at = 0; at < logits.length; at++) {
    const [n, k] = [Math.floor(at / classes), at % classes];
    for (let j = 0; j < width; j++) {
      logits[at] -= sharpness * (y[n * width + j] - table[k * width + j]) ** 2;
    }
  }
  const apart = softmaxCrossEntropy(logits, targets, classes, divisor, weights);
  // ∂logit_k/∂y = 2 · sharpness · (C_k − y); the part with y cancels, because Σ_k ∂/∂logit_k = 0.
  for (let at = 0; at < logits.length; at++) {
    const [n, k] = [Math.floor(at / classes), at % classes];
    const slope = 2 * sharpness * weight * apart.gradient[at];
    for (let j = 0; j < width; j++) near.gradient[n * width + j] += slope * table[k * width + j];
  }
  return { ...near, sum: near.sum + weight * apart.sum };
}

/** Index of the row of `table` `[rows, y.length]` nearest to `y` in squared distance; the first of equals wins. */
export function nearestRow(y: Numbers, table: Numbers, rows: number): number {
  let best = 0;
  let bestDistance = Infinity;
  for (let row = 0; row < rows; row++) {
    let distance = 0;
    for (let j = 0; j < y.length; j++) distance += (y[j] - table[row * y.length + j]) ** 2;
    if (distance < bestDistance) [best, bestDistance] = [row, distance];
  }
  return best;
}

/**
 * One optimizer step in place.
 *
 * @param moments As many arrays as the optimizer keeps, shaped like the parameters, zero before the first step.
 * @param step t, counted from 1.
 */
export function updateParameters(
  optimizer: OptimizerId,
  parameters: Numbers,
  gradients: Numbers,
  moments: readonly Numbers[],
  settings: OptimizerSettings,
  step: number,
): void {
  const { numbers, update } = OPTIMIZERS[optimizer];
  update(parameters, gradients, moments, numbers(settings, step));
}
