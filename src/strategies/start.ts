import { turn } from '../messages/pause.ts';
import { fillInitial, layOver } from '../network/initialise.ts';
import { type NetworkSpec } from '../network/spec.ts';
import { countParameters } from '../network/layers/layers.ts';
import type { RunContext } from './contract.ts';

/** Milliseconds of drawing numbers before the page's thread may do something else. */
const SLICE_MS = 12;

/** What training begins with, flat: the seed's initial weights, and over them what was given. */
export async function startParameters(
  { experiment, weights }: Pick<RunContext, 'experiment' | 'weights'>,
  network: NetworkSpec,
  initScales: ReadonlyMap<number, number>,
): Promise<Float32Array<ArrayBuffer>> {
  const parameters = new Float32Array(countParameters(network));
  const work = fillInitial(parameters, network, experiment.seed, initScales);
  let began = performance.now();
  while (!work.next().done) {
    if (performance.now() - began < SLICE_MS) continue;
    await turn();
    began = performance.now();
  }
  if (weights) layOver(parameters, network, weights);
  return parameters;
}
