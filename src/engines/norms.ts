import { layerParameters, type LayerSpec } from '../network/layers/layers.ts';

/** Euclidean norm of each layer's part of what is flat like the parameters. */
export function normsByLayer(layers: readonly LayerSpec[], flat: ArrayLike<number>): number[] {
  let at = 0;
  return layers.map((layer) => {
    const end = at + layerParameters(layer);
    let sum = 0;
    for (; at < end; at++) sum += flat[at] ** 2;
    return Math.sqrt(sum);
  });
}
