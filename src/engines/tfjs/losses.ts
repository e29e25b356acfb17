/** The two objectives in TensorFlow.js operations; the formulas are those of `network/reference.ts`. */
import * as tf from '@tensorflow/tfjs-core';
import type { LabelTable, Objective } from '../contract.ts';

/** An objective with its label vectors on the device. */
export type PlacedObjective =
  | Extract<Objective, { kind: 'classes' }>
  | {
      readonly kind: 'labels';
      /** `[classes, width]` */
      readonly table: tf.Tensor2D;
      readonly scale: number;
    };

export function place(objective: Objective): PlacedObjective {
  switch (objective.kind) {
    case 'classes':
      return objective;
    case 'labels':
      return { ...objective, table: placedTable(objective.table) };
  }
}

/** A table on the device, kept until it is disposed of. Sliced: the backends keep the array they are given. */
export function placedTable({ classes, width, values }: LabelTable): tf.Tensor2D {
  return tf.keep(tf.tensor2d(values.slice(), [classes, width]));
}

export interface Loss {
  /** Summed over the batch's samples. */
  readonly sum: tf.Scalar;
  /** Samples answered right; `null` unless asked for. */
  readonly correct: tf.Scalar | null;
  /** ∂(sum / divisor)/∂y; `null` unless a divisor was given. */
  readonly gradient: tf.Tensor2D | null;
}

/**
 * @param y `[count, width]`, the stage's output.
 * @param targets Class of each sample.
 * @param want `divisor`: samples the loss is averaged over, for the gradient; `correct`: count the right answers.
 */
export function lossOf(
  objective: PlacedObjective,
  y: tf.Tensor2D,
  targets: Uint8Array,
  want: { readonly divisor?: number; readonly correct?: boolean },
): Loss {
  const classes = tf.tensor1d(Int32Array.from(targets), 'int32');
  switch (objective.kind) {
    case 'classes':
      return softmaxCrossEntropy(objective.classes, y, classes, want);
    case 'labels':
      return squaredDistance(objective, y, classes, want);
  }
}

function softmaxCrossEntropy(
  count: number,
  logits: tf.Tensor2D,
  targets: tf.Tensor1D,
  want: { divisor?: number; correct?: boolean },
): Loss {
  const largest = tf.max(logits, 1, true) as tf.Tensor2D;
  const shifted = tf.sub<tf.Tensor2D>(logits, largest);
  const exponentials = tf.exp(shifted);
  const normaliser = tf.sum(exponentials, 1, true);
  const wanted = tf.cast(tf.oneHot(targets, count), 'float32');
  return {
    sum: tf.sub(tf.sum(tf.log(normaliser)), tf.sum(tf.mul(shifted, wanted))),
    correct: want.correct ? countEqual(firstEqual(logits, largest), targets) : null,
    // Divided, not exp(log p): the rounding of log p would be the error of p, three times as large.
    gradient:
      want.divisor === undefined
        ? null
        : tf.mul(tf.sub<tf.Tensor2D>(tf.div(exponentials, normaliser), wanted), 1 / want.divisor),
  };
}

function squaredDistance(
  { table, scale }: Extract<PlacedObjective, { kind: 'labels' }>,
  y: tf.Tensor2D,
  targets: tf.Tensor1D,
  want: { divisor?: number; correct?: boolean },
): Loss {
  const difference = tf.sub<tf.Tensor2D>(y, tf.gather(table, targets));
  return {
    sum: tf.mul(tf.sum(tf.square(difference)), scale),
    correct: want.correct ? countEqual(nearest(y, table), targets) : null,
    gradient: want.divisor === undefined ? null : tf.mul(difference, (2 * scale) / want.divisor),
  };
}

/** Row of `table` nearest to each y: |t|² − 2 y·t, which is the squared distance less |y|², the same for all rows. */
function nearest(y: tf.Tensor2D, table: tf.Tensor2D): tf.Tensor1D {
  const squares = tf.sum(tf.square(table), 1);
  const distances = tf.sub<tf.Tensor2D>(squares, tf.mul(tf.matMul(y, table, false, true), 2));
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
