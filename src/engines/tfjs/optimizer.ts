/** The optimizers of `network/optimizers` in TensorFlow.js operations. */
import * as tf from '@tensorflow/tfjs-core';
import { LAYER_NORM_EPSILON } from '../../network/layers/layer-norm/spec.ts';
import { BETA1, BETA2 } from '../../network/optimizers/adam.ts';
import { LION_BETA1, LION_BETA2 } from '../../network/optimizers/lion.ts';
import { MOMENTUM } from '../../network/optimizers/momentum.ts';
import type { OptimizerSettings, StepNumbers } from '../../network/optimizers/optimizer.ts';
import { OPTIMIZERS, type OptimizerId } from '../../network/optimizers/registry.ts';

/** The numbers of one step, made once for all of its parameters. */
export type StepScalars = Readonly<Record<keyof StepNumbers, tf.Scalar>>;

interface Updated {
  readonly parameter: tf.Tensor;
  readonly moments: tf.Tensor[];
}

interface Rule<Name extends string = string> {
  /** Numbers that never change. */
  readonly constants: Readonly<Record<Name, number>>;
  updated(
    parameter: tf.Tensor,
    gradient: tf.Tensor,
    moments: readonly tf.Tensor[],
    step: StepScalars,
    constants: Readonly<Record<Name, tf.Scalar>>,
  ): Updated;
}

const rule = <Name extends string>(one: Rule<Name>): Rule => one;

const adamConstants = {
  beta1: BETA1,
  oneMinusBeta1: 1 - BETA1,
  beta2: BETA2,
  oneMinusBeta2: 1 - BETA2,
};

/** Adam's moments after a step, and what it takes from a parameter. */
function adamChange(
  gradient: tf.Tensor,
  moments: readonly tf.Tensor[],
  { learningRate, epsilon }: StepScalars,
  constants: Readonly<Record<keyof typeof adamConstants, tf.Scalar>>,
): { change: tf.Tensor; moments: tf.Tensor[] } {
  const { beta1, oneMinusBeta1, beta2, oneMinusBeta2 } = constants;
  const first = tf.add(tf.mul(beta1, moments[0]), tf.mul(oneMinusBeta1, gradient));
  const second = tf.add(tf.mul(beta2, moments[1]), tf.mul(oneMinusBeta2, tf.square(gradient)));
  return {
    change: tf.div(tf.mul(learningRate, first), tf.add(tf.sqrt(second), epsilon)),
    moments: [first, second],
  };
}

const RULES: Readonly<Record<OptimizerId, Rule>> = {
  sgd: rule({
    constants: {},
    updated: (parameter, gradient, _moments, { learningRate }) => ({
      parameter: tf.sub(parameter, tf.mul(learningRate, gradient)),
      moments: [],
    }),
  }),
  momentum: rule({
    constants: { kept: MOMENTUM },
    updated(parameter, gradient, moments, { learningRate }, { kept }) {
      const velocity = tf.add(tf.mul(kept, moments[0]), gradient);
      return { parameter: tf.sub(parameter, tf.mul(learningRate, velocity)), moments: [velocity] };
    },
  }),
  adam: rule({
    constants: adamConstants,
    updated(parameter, gradient, before, step, constants) {
      const { change, moments } = adamChange(gradient, before, step, constants);
      return { parameter: tf.sub(parameter, change), moments };
    },
  }),
  adamw: rule({
    constants: adamConstants,
    updated(parameter, gradient, before, step, constants) {
      const { change, moments } = adamChange(gradient, before, step, constants);
      return { parameter: tf.sub(parameter, tf.add(tf.mul(step.shrink, parameter), change)), moments };
    },
  }),
  lion: rule({
    constants: {
      beta1: LION_BETA1,
      oneMinusBeta1: 1 - LION_BETA1,
      beta2: LION_BETA2,
      oneMinusBeta2: 1 - LION_BETA2,
    },
    updated(parameter, gradient, [moment], { learningRate, shrink }, constants) {
      const { beta1, oneMinusBeta1, beta2, oneMinusBeta2 } = constants;
      const towards = tf.add(tf.mul(beta1, moment), tf.mul(oneMinusBeta1, gradient));
      // Its sign of NaN is 0, which would hide it: NaN · 0 stays NaN.
      const direction = tf.add(tf.sign(towards), tf.mul(towards, 0));
      const change = tf.add(tf.mul(learningRate, direction), tf.mul(shrink, parameter));
      const kept = tf.add(tf.mul(beta2, moment), tf.mul(oneMinusBeta2, gradient));
      return { parameter: tf.sub(parameter, change), moments: [kept] };
    },
  }),
};

/**
 * Scalars that live as long as their stage. TensorFlow.js's own Adam multiplies by JavaScript numbers, which makes
 * 77 fresh buffers a step for a 6-layer network and ends a compute pass for each.
 */
export class Constants {
  readonly one = tf.keep(tf.scalar(1));
  readonly normEpsilon = tf.keep(tf.scalar(LAYER_NORM_EPSILON));
  readonly optimizer: OptimizerId;
  readonly ofRule: Readonly<Record<string, tf.Scalar>>;
  /** Bytes of all of them. */
  readonly bytes: number;

  constructor(optimizer: OptimizerId) {
    this.optimizer = optimizer;
    const numbers = Object.entries(RULES[optimizer].constants);
    this.ofRule = Object.fromEntries(numbers.map(([name, value]) => [name, tf.keep(tf.scalar(value))]));
    this.bytes = 4 * (2 + numbers.length);
  }

  dispose(): void {
    tf.dispose([this.one, this.normEpsilon, ...Object.values(this.ofRule)]);
  }
}

/** @param step t, counted from 1. */
export function stepScalars(kind: OptimizerId, settings: OptimizerSettings, step: number): StepScalars {
  const { learningRate, epsilon, shrink } = OPTIMIZERS[kind].numbers(settings, step);
  return { learningRate: tf.scalar(learningRate), epsilon: tf.scalar(epsilon), shrink: tf.scalar(shrink) };
}

/** The parameter and its moments after one step; the arguments are left as they are. */
export const updated = (
  parameter: tf.Tensor,
  gradient: tf.Tensor,
  moments: readonly tf.Tensor[],
  step: StepScalars,
  { optimizer, ofRule }: Constants,
): Updated => RULES[optimizer].updated(parameter, gradient, moments, step, ofRule);
