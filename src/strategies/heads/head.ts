/**
 * A linear head on what a stage gives: with it the stage learns the classes by itself, so that no gradient has to come
 * back to it. Heads are trained and held, but the joined network does not use them.
 */
import {
  outputSize,
  unflattenParameters,
  countParameters,
  type LayerSpec,
} from '../../network/layers/layers.ts';
import { moduleOf } from '../../network/layers/registry.ts';
import { Random } from '../../network/random.ts';

/** Its layers: `[width of the stage's output] → [classes]`. */
export const headOf = (layers: readonly LayerSpec[], classes: number): readonly LayerSpec[] => [
  { kind: 'dense', inputs: outputSize(layers), outputs: classes, activation: 'linear' },
];

/**
 * Initial parameters of the head of a stage, from a stream of its own, so that the network's are the same with and
 * without it.
 *
 * @param initScale Factor on its weights: that of the output layer, which it stands for.
 */
export function headParameters(
  head: readonly LayerSpec[],
  { seed, stage, initScale }: { readonly seed: number; readonly stage: number; readonly initScale: number },
): Float32Array<ArrayBuffer> {
  const flat = new Float32Array(countParameters(head));
  unflattenParameters(head, flat).forEach((parameters, index) => {
    const random = Random.for(seed, 'head', stage, index);
    const work = moduleOf(head[index]).initialise(head[index], parameters, random, initScale);
    while (!work.next().done);
  });
  return flat;
}
