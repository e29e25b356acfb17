import { fillInitial, layOver } from '../network/initialise.ts';
import { type NetworkSpec } from '../network/spec.ts';
import { countParameters } from '../network/layers/layers.ts';
import type { RunContext } from './contract.ts';
import { inSlices } from './slices.ts';

/** What training begins with, flat: the seed's initial weights, and over them what was given. */
export async function startParameters(
  { experiment, weights }: Pick<RunContext, 'experiment' | 'weights'>,
  network: NetworkSpec,
  initScales: ReadonlyMap<number, number>,
): Promise<Float32Array<ArrayBuffer>> {
  const parameters = new Float32Array(countParameters(network));
  await inSlices(fillInitial(parameters, network, experiment.seed, initScales));
  if (weights) layOver(parameters, network, weights);
  return parameters;
}
