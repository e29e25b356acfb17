import { Random } from './random.ts';
import { layerViews, countParameters, type NetworkSpec } from './spec.ts';

/**
 * Initial parameters of a whole network: weights of deviation √(2 / inputs) (He et al. 2015, for rectifiers;
 * √(1 / inputs) where no rectifier follows), biases 0.
 *
 * Every layer draws from its own stream, so a partition holds exactly the numbers the whole network would have there.
 *
 * @param gains Factor on the initial weights by layer index; the paper's label-producing layers and the output
 *   layer want a small one (0.1), because their targets are small compared with what He weights produce.
 * @returns All parameters, flat, as `layerViews` reads them.
 */
export function initialParameters(
  network: NetworkSpec,
  seed: number,
  gains: ReadonlyMap<number, number> = new Map(),
): Float32Array<ArrayBuffer> {
  const flat = new Float32Array(countParameters(network));
  const work = fillInitial(flat, network, seed, gains);
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

/** Numbers drawn between two chances to stop: about a millisecond. */
const PIECE = 16_384;

/** The same into an array, in pieces, for a thread that has other things to do as well. */
export function* fillInitial(
  flat: Float32Array,
  network: NetworkSpec,
  seed: number,
  gains: ReadonlyMap<number, number>,
): Generator<void, void> {
  for (const [index, { weights }] of layerViews(network, flat).entries()) {
    const { inputs, activation } = network[index];
    const rectifies = activation === 'relu' || activation === 'leaky-relu';
    const deviation = Math.sqrt((rectifies ? 2 : 1) / inputs) * (gains.get(index) ?? 1);
    const random = Random.for(seed, 'weights', index);
    for (let i = 0; i < weights.length; i++) {
      weights[i] = random.normal() * deviation;
      if (i % PIECE === PIECE - 1) yield;
    }
  }
}
