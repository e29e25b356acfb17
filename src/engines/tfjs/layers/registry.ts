import type { LayerKind, LayerSpec, SpecOf } from '../../../network/layers/registry.ts';
import { dense } from './dense.ts';
import { layerNorm } from './layer-norm.ts';
import type { TfjsLayer } from './layer.ts';

const LAYERS: { readonly [Kind in LayerKind]: TfjsLayer<SpecOf<Kind>> } = {
  dense,
  'layer-norm': layerNorm,
};

export const tfjsLayer = (layer: LayerSpec): TfjsLayer<LayerSpec> =>
  LAYERS[layer.kind] as TfjsLayer<LayerSpec>;
