import { Random } from './random.ts';
import { countParameters, unflattenParameters } from './layers/layers.ts';
import { moduleOf } from './layers/registry.ts';
import type { NetworkSpec } from './spec.ts';

/**
 * Initial parameters of a whole network, as its layers' modules draw them.
 *
 * Every layer draws from its own stream, so a partition holds exactly the numbers the whole network would have there.
 *
 * @param initScales Factor on the initial weights by layer index; the paper's label-producing layers and the output
 *   layer want a small one (0.1), because their targets are small compared with what He weights produce.
 * @returns All parameters, flat, as `unflattenParameters` reads them.
 */
export function initialParameters(
  network: NetworkSpec,
  seed: number,
  initScales: ReadonlyMap<number, number> = new Map(),
): Float32Array<ArrayBuffer> {
  const flat = new Float32Array(countParameters(network));
  const work = fillInitial(flat, network, seed, initScales);
  while (!work.next().done);
  return flat;
}

/** Parameters of some consecutive layers of a network, flat. */
export interface SomeParameters {
  readonly firstLayer: number;
  readonly parameters: Float32Array;
}

/** Lays them over those of the whole network, in place. */
export function layOver(
  flat: Float32Array,
  network: NetworkSpec,
  { firstLayer, parameters }: SomeParameters,
): void {
  flat.set(parameters, countParameters(network.slice(0, firstLayer)));
}

/** The same into an array, in pieces, for a thread that has other things to do as well. */
export function* fillInitial(
  flat: Float32Array,
  network: NetworkSpec,
  seed: number,
  initScales: ReadonlyMap<number, number>,
): Generator<void, void> {
  for (const [index, parameters] of unflattenParameters(network, flat).entries()) {
    const layer = network[index];
    const random = Random.for(seed, 'weights', index);
    yield* moduleOf(layer).initialise(layer, parameters, random, initScales.get(index) ?? 1);
  }
}
