import { countParameters, type LayerSpec } from '../../../network/layers/layers.ts';
import type { Tuner } from '../tuning.ts';
import type { GpuPlace } from './layer.ts';

/** Where a layer's parameters lie, and how its products are computed. */
export const placeOf = (
  layers: readonly LayerSpec[],
  index: number,
  tuner: Tuner,
  batch: number,
): GpuPlace => ({
  at: countParameters(layers.slice(0, index)),
  choose: (product, shape) => tuner.choose(product, shape, batch),
});
