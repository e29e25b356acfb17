import { initialParameters } from '../network/initialise.ts';
import { countParameters, type NetworkSpec } from '../network/spec.ts';
import type { RunContext } from './contract.ts';

/** What training begins with, flat: the seed's initial weights, and over them what was given. */
export function startParameters(
  { experiment, weights }: Pick<RunContext, 'experiment' | 'weights'>,
  network: NetworkSpec,
  gains: ReadonlyMap<number, number>,
): Float32Array<ArrayBuffer> {
  const parameters = initialParameters(network, experiment.seed, gains);
  if (weights) parameters.set(weights.parameters, countParameters(network.slice(0, weights.firstLayer)));
  return parameters;
}
