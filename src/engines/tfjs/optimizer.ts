/** The update rules of `network/reference.ts` in TensorFlow.js operations. */
import * as tf from '@tensorflow/tfjs-core';
import { adamStep, OPTIMIZER_CONSTANTS, type OptimizerKind } from '../../network/reference.ts';

/**
 * Scalars that live as long as their stage. TensorFlow.js's own Adam multiplies by JavaScript numbers, which makes
 * 77 fresh buffers a step for a 6-layer network and ends a compute pass for each.
 */
export class Constants {
  readonly one = tf.keep(tf.scalar(1));
  readonly momentum = tf.keep(tf.scalar(OPTIMIZER_CONSTANTS.momentum));
  readonly beta1 = tf.keep(tf.scalar(OPTIMIZER_CONSTANTS.beta1));
  readonly oneMinusBeta1 = tf.keep(tf.scalar(1 - OPTIMIZER_CONSTANTS.beta1));
  readonly beta2 = tf.keep(tf.scalar(OPTIMIZER_CONSTANTS.beta2));
  readonly oneMinusBeta2 = tf.keep(tf.scalar(1 - OPTIMIZER_CONSTANTS.beta2));

  /** Bytes of all of them. */
  static readonly bytes = 6 * 4;

  dispose(): void {
    tf.dispose([this.one, this.momentum, this.beta1, this.oneMinusBeta1, this.beta2, this.oneMinusBeta2]);
  }
}

/** The numbers of one step, made once for all of its parameters. */
export interface StepScalars {
  readonly learningRate: tf.Scalar;
  readonly epsilon: tf.Scalar | null;
}

/** @param step t, counted from 1. */
export function stepScalars(kind: OptimizerKind, learningRate: number, step: number): StepScalars {
  if (kind !== 'adam') return { learningRate: tf.scalar(learningRate), epsilon: null };
  const adam = adamStep(learningRate, step);
  return { learningRate: tf.scalar(adam.learningRate), epsilon: tf.scalar(adam.epsilon) };
}

/** The parameter and its moments after one step; the arguments are left as they are. */
export function updated(
  kind: OptimizerKind,
  parameter: tf.Tensor,
  gradient: tf.Tensor,
  moments: readonly tf.Tensor[],
  { learningRate, epsilon }: StepScalars,
  constants: Constants,
): { parameter: tf.Tensor; moments: tf.Tensor[] } {
  if (kind === 'sgd') {
    return { parameter: tf.sub(parameter, tf.mul(learningRate, gradient)), moments: [] };
  }
  if (kind === 'momentum') {
    const velocity = tf.add(tf.mul(constants.momentum, moments[0]), gradient);
    return { parameter: tf.sub(parameter, tf.mul(learningRate, velocity)), moments: [velocity] };
  }
  const { beta1, oneMinusBeta1, beta2, oneMinusBeta2 } = constants;
  const first = tf.add(tf.mul(beta1, moments[0]), tf.mul(oneMinusBeta1, gradient));
  const second = tf.add(tf.mul(beta2, moments[1]), tf.mul(oneMinusBeta2, tf.square(gradient)));
  const change = tf.div(tf.mul(learningRate, first), tf.add(tf.sqrt(second), epsilon!));
  return { parameter: tf.sub(parameter, change), moments: [first, second] };
}
