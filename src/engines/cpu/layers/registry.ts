import type { LayerKind, LayerSpec, SpecOf } from '../../../network/layers/registry.ts';
import { dense } from './dense.ts';
import { layerNorm } from './layer-norm.ts';
import type { CpuLayer } from './layer.ts';

const LAYERS: { readonly [Kind in LayerKind]: CpuLayer<SpecOf<Kind>> } = {
  dense,
  'layer-norm': layerNorm,
};

export const cpuLayer = (layer: LayerSpec): CpuLayer<LayerSpec> => LAYERS[layer.kind] as CpuLayer<LayerSpec>;

/**
 * Where every layer's numbers begin in a block of parameters (or of gradients, or of a moment), and the size of the whole
 * block. Bytes.
 */
export function placeLayers(layers: readonly LayerSpec[]): { places: number[]; bytes: number } {
  let bytes = 0;
  const places = layers.map((layer) => {
    const place = bytes;
    bytes += cpuLayer(layer).bytes(layer);
    return place;
  });
  return { places, bytes };
}
