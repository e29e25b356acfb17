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
  layerViews(network, flat).forEach(({ weights }, index) => {
    const { inputs, activation } = network[index];
    const rectifies = activation === 'relu' || activation === 'leaky-relu';
    const deviation = Math.sqrt((rectifies ? 2 : 1) / inputs) * (gains.get(index) ?? 1);
    const random = Random.for(seed, 'weights', index);
    for (let i = 0; i < weights.length; i++) weights[i] = random.normal() * deviation;
  });
  return flat;
}
