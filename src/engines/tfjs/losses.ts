/** The objectives in TensorFlow.js operations; the formulas are those of `network/reference.ts`. */
import * as tf from '@tensorflow/tfjs-core';
import type { LabelTable, Objective } from '../contract.ts';
import { Fixed, placedTable } from './fixed.ts';
import type { LayerConstants } from './layers/layer.ts';

/** `[classes, width]` */
type Placed<O extends { table: LabelTable }> = Omit<O, 'table'> & { readonly table: tf.Tensor2D };
type Labels = Placed<Extract<Objective, { kind: 'labels' }>>;
type Hybrid = Placed<Extract<Objective, { kind: 'hybrid' }>>;

interface Aims {
  readonly kind: 'fixed';
  readonly fixed: Fixed;
  readonly scale: number;
}

/** An objective with its label vectors on the device. */
export type PlacedObjective = Extract<Objective, { kind: 'classes' }> | Labels | Hybrid | Aims;

export function place(objective: Objective, constants: LayerConstants): PlacedObjective {
  switch (objective.kind) {
    case 'classes':
      return objective;
    case 'labels':
      return { ...objective, table: placedTable(objective.table) };
    case 'hybrid':
      return { ...objective, table: placedTable(objective.table) };
    case 'fixed':
      return { ...objective, fixed: new Fixed(objective.fixed, constants) };
  }
}

/** Frees what was placed. */
export function displace(objective: PlacedObjective): void {
  switch (objective.kind) {
    case 'classes':
      return;
    case 'labels':
    case 'hybrid':
      return objective.table.dispose();
    case 'fixed':
      return objective.fixed.dispose();
  }
}

export interface Loss {
  /** Summed over the batch's samples. */
  readonly sum: tf.Scalar;
  /** Samples answered right; `null` unless asked for. */
  readonly correct: tf.Scalar | null;
  /** ∂(sum / divisor)/∂y; `null` unless a divisor was given. */
  readonly gradient: tf.Tensor2D | null;
}

/** What is asked of an objective. */
export interface Wanted {
  readonly divisor?: number;
  readonly correct?: boolean;
  readonly weights?: Float32Array | undefined;
}

/** Rows of a matrix times a sample's weight each. */
const weighed = (rows: tf.Tensor2D, weights: Float32Array | undefined): tf.Tensor2D =>
  weights ? tf.mul(rows, tf.tensor2d(weights, [weights.length, 1])) : rows;

/**
 * @param seen `[count, …]`, what aims are made of; null where that is not at hand. @param y `[count, width]`, the output.
 * @param targets Class of each sample.
 * @param want `divisor`: samples the loss is averaged over, for the gradient; `correct`: count the right answers;
 *   `weights`: factor on each sample's loss, `[count]`.
 */
export function lossOf(
  objective: PlacedObjective,
  seen: tf.Tensor2D | null,
  y: tf.Tensor2D,
  targets: Uint8Array,
  want: Wanted,
): Loss {
  const classes = tf.tensor1d(Int32Array.from(targets), 'int32');
  switch (objective.kind) {
    case 'classes':
      return softmaxCrossEntropy(objective.classes, y, classes, want);
    case 'labels':
      return squaredDistance(objective, y, classes, want);
    case 'hybrid':
      return hybrid(objective, y, classes, want);
    case 'fixed': {
      const { fixed, scale } = objective;
      const correct =
        want.correct && fixed.table ? countEqual(nearest(y, fixed.table), classes) : tf.scalar(0);
      if (!seen) return { sum: tf.scalar(NaN), correct, gradient: null };
      return { ...fromAims(fixed.forward(seen, classes), scale, y, want), correct };
    }
  }
}

function softmaxCrossEntropy(count: number, logits: tf.Tensor2D, targets: tf.Tensor1D, want: Wanted): Loss {
  const largest = tf.max(logits, 1, true) as tf.Tensor2D;
  const shifted = tf.sub<tf.Tensor2D>(logits, largest);
  const exponentials = tf.exp(shifted);
  const normaliser = tf.sum(exponentials, 1, true) as tf.Tensor2D;
  const wanted = tf.cast(tf.oneHot(targets, count), 'float32');
  return {
    sum: tf.sub(
      tf.sum(weighed(tf.log(normaliser), want.weights)),
      tf.sum(weighed(tf.mul(shifted, wanted), want.weights)),
    ),
    correct: want.correct ? countEqual(firstEqual(logits, largest), targets) : null,
    // Divided, not exp(log p): the rounding of log p would be the error of p, three times as large.
    gradient:
      want.divisor === undefined
        ? null
        : weighed(
            tf.mul(tf.sub<tf.Tensor2D>(tf.div(exponentials, normaliser), wanted), 1 / want.divisor),
            want.weights,
          ),
  };
}

function squaredDistance(
  { table, scale }: Pick<Labels, 'table' | 'scale'>,
  y: tf.Tensor2D,
  targets: tf.Tensor1D,
  want: Wanted,
): Loss {
  return {
    ...fromAims(tf.gather(table, targets), scale, y, want),
    correct: want.correct ? countEqual(nearest(y, table), targets) : null,
  };
}

/** Whether an answer is right is not asked. */
function fromAims(
  aims: tf.Tensor2D,
  scale: number,
  y: tf.Tensor2D,
  want: Wanted,
): Pick<Loss, 'sum' | 'gradient'> {
  const difference = tf.sub<tf.Tensor2D>(y, aims);
  return {
    sum: tf.mul(tf.sum(weighed(tf.square(difference), want.weights)), scale),
    gradient:
      want.divisor === undefined
        ? null
        : weighed(tf.mul(difference, (2 * scale) / want.divisor), want.weights),
  };
}

function hybrid(
  { table, scale, weight, sharpness }: Hybrid,
  y: tf.Tensor2D,
  targets: tf.Tensor1D,
  want: Wanted,
): Loss {
  const near = squaredDistance({ table, scale }, y, targets, want);
  // −sharpness · |y − t|² but for |y|², which the softmax does not see.
  const logits = tf.mul<tf.Tensor2D>(behind(y, table), -sharpness);
  const apart = softmaxCrossEntropy(table.shape[0], logits, targets, { ...want, correct: false });
  const slope = apart.gradient && tf.mul<tf.Tensor2D>(apart.gradient, 2 * sharpness * weight);
  return {
    sum: tf.add(near.sum, tf.mul(apart.sum, weight)),
    correct: near.correct,
    gradient: slope && tf.add<tf.Tensor2D>(near.gradient!, tf.matMul(slope, table)),
  };
}

/** Squared distance of each y to each row of `table` less |y|², the same for all rows: |t|² − 2 y·t. */
function behind(y: tf.Tensor2D, table: tf.Tensor2D): tf.Tensor2D {
  return tf.sub<tf.Tensor2D>(tf.sum(tf.square(table), 1), tf.mul(tf.matMul(y, table, false, true), 2));
}

/** Row of `table` nearest to each y. */
function nearest(y: tf.Tensor2D, table: tf.Tensor2D): tf.Tensor1D {
  const distances = behind(y, table);
  return firstEqual(distances, tf.min(distances, 1, true));
}

/**
 * The first column of each row that equals the row's extreme, `[rows, 1]`: the other engines take the first of several
 * equal ones, and so does `argMax`, but on its WebGPU backend, where from 32 columns on it may be any of them.
 */
function firstEqual(values: tf.Tensor2D, extreme: tf.Tensor2D): tf.Tensor1D {
  const columns = values.shape[1];
  const places: tf.Tensor = tf.range(0, columns, 1, 'int32');
  const none: tf.Tensor = tf.fill(values.shape, columns, 'int32');
  return tf.min(tf.where(tf.equal(values, extreme), places, none), 1);
}

function countEqual(answers: tf.Tensor1D, targets: tf.Tensor1D): tf.Scalar {
  return tf.sum(tf.cast(tf.equal(answers, targets), 'float32'));
}
