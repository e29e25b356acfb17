import type { LayerKind, LayerSpec, SpecOf } from '../../../network/layers/registry.ts';
import { dense } from './dense.ts';
import { layerNorm } from './layer-norm.ts';
import type { GpuLayer } from './layer.ts';

const LAYERS: { readonly [Kind in LayerKind]: GpuLayer<SpecOf<Kind>> } = {
  dense,
  'layer-norm': layerNorm,
};

export const gpuLayer = (layer: LayerSpec): GpuLayer<LayerSpec> => LAYERS[layer.kind] as GpuLayer<LayerSpec>;
