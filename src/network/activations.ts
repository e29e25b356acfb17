/**
 * What a layer's output goes through. A new one is a file in `activations/`, a row here, and what the type checker then
 * asks of each engine.
 */
import type { ActivationFunction } from './activations/activation.ts';
import { leakyRelu } from './activations/leaky-relu.ts';
import { linear } from './activations/linear.ts';
import { relu } from './activations/relu.ts';
import { sigmoid } from './activations/sigmoid.ts';
import { tanh } from './activations/tanh.ts';

export { LEAKY_SLOPE } from './activations/leaky-relu.ts';

const TABLE = { relu, 'leaky-relu': leakyRelu, tanh, sigmoid, linear } satisfies Record<
  string,
  ActivationFunction
>;

export type Activation = keyof typeof TABLE;

export const ACTIVATION_FUNCTIONS: Readonly<Record<Activation, ActivationFunction>> = TABLE;

export const ACTIVATIONS = Object.keys(TABLE) as readonly Activation[];

/** `activation(z)` for one number. */
export const activate = (kind: Activation, z: number): number => ACTIVATION_FUNCTIONS[kind].value(z);

/** Derivative of the activation, from its OUTPUT y. */
export const slopeFromOutput = (kind: Activation, y: number): number => ACTIVATION_FUNCTIONS[kind].slope(y);
