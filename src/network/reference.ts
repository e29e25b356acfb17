/**
 * The maths of training, written to be read. Plain loops, no dependency, double precision: slow, and the oracle
 * every fast engine is tested against.
 *
 * All matrices are row-major: element (row, column) of an `[rows, columns]` array is at `row * columns + column`.
 */
import type { Numbers } from './layers/layer.ts';

/** A loss over a batch and its derivative. */
export interface Loss {
  /** Sum over the batch's samples. Divide by the number of samples for the mean. */
  readonly sum: number;
  /** ∂(sum / divisor)/∂y, shaped like y. */
  readonly gradient: Float64Array;
  /** Samples whose answer is right. */
  readonly correct: number;
}

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
): Loss {
  const gradient = new Float64Array(targets.length * classes);
  let sum = 0;
  let correct = 0;
  for (let n = 0; n < targets.length; n++) {
    const row = logits.subarray(n * classes, (n + 1) * classes);
    let best = 0;
    for (let j = 1; j < classes; j++) if (row[j] > row[best]) best = j;
    if (best === targets[n]) correct++;
    let normaliser = 0;
    for (let j = 0; j < classes; j++) normaliser += Math.exp(row[j] - row[best]);
    sum += Math.log(normaliser) + row[best] - row[targets[n]];
    for (let j = 0; j < classes; j++) {
      const probability = Math.exp(row[j] - row[best]) / normaliser;
      gradient[n * classes + j] = (probability - (j === targets[n] ? 1 : 0)) / divisor;
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
): Loss {
  const gradient = new Float64Array(targets.length * width);
  const classes = table.length / width;
  let sum = 0;
  let correct = 0;
  for (let n = 0; n < targets.length; n++) {
    const target = targets[n] * width;
    for (let j = 0; j < width; j++) {
      const difference = y[n * width + j] - table[target + j];
      sum += scale * difference * difference;
      gradient[n * width + j] = (2 * scale * difference) / divisor;
    }
    if (nearestRow(y.subarray(n * width, (n + 1) * width), table, classes) === targets[n]) correct++;
  }
  return { sum, gradient, correct };
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

export const OPTIMIZERS = ['sgd', 'momentum', 'adam'] as const;
export type OptimizerKind = (typeof OPTIMIZERS)[number];

/** Constants of the update rules; the same in every engine. */
export const OPTIMIZER_CONSTANTS = {
  /** SGD with momentum: `v ← 0.9 v + g; w ← w − rate · v` (PyTorch's form). */
  momentum: 0.9,
  /** Adam (Kingma & Ba 2015). */
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
} as const;

/** Moments kept per parameter: SGD none, momentum one, Adam two. */
export function momentsOf(kind: OptimizerKind): 0 | 1 | 2 {
  return kind === 'sgd' ? 0 : kind === 'momentum' ? 1 : 2;
}

/**
 * Adam's two step-dependent numbers, so that an update is `w ← w − rate · m / (√v + epsilon)`.
 * Algebraically the published rule: the bias corrections 1 − β₁ᵗ and 1 − β₂ᵗ are folded in.
 *
 * @param step t, counted from 1.
 */
export function adamStep(learningRate: number, step: number): { learningRate: number; epsilon: number } {
  const { beta1, beta2, epsilon } = OPTIMIZER_CONSTANTS;
  const correction = Math.sqrt(1 - beta2 ** step);
  return { learningRate: (learningRate * correction) / (1 - beta1 ** step), epsilon: epsilon * correction };
}

/**
 * One optimiser step in place.
 *
 * @param moments As many arrays as `momentsOf(kind)`, shaped like the parameters, zero before the first step.
 * @param step t, counted from 1.
 */
export function updateParameters(
  kind: OptimizerKind,
  parameters: Numbers,
  gradients: Numbers,
  moments: readonly Numbers[],
  learningRate: number,
  step: number,
): void {
  const { momentum, beta1, beta2 } = OPTIMIZER_CONSTANTS;
  const adam = adamStep(learningRate, step);
  for (let i = 0; i < parameters.length; i++) {
    const g = gradients[i];
    if (kind === 'sgd') {
      parameters[i] -= learningRate * g;
    } else if (kind === 'momentum') {
      const v = (moments[0][i] = momentum * moments[0][i] + g);
      parameters[i] -= learningRate * v;
    } else {
      const m = (moments[0][i] = beta1 * moments[0][i] + (1 - beta1) * g);
      const v = (moments[1][i] = beta2 * moments[1][i] + (1 - beta2) * g * g);
      parameters[i] -= (adam.learningRate * m) / (Math.sqrt(v) + adam.epsilon);
    }
  }
}
