/** The kinds of layers there are. A new one is a folder, a row here, and whatever the type checker then asks for. */
import { dense } from './dense/dense.ts';
import type { DenseSpec } from './dense/spec.ts';
import { layerNorm } from './layer-norm/layer-norm.ts';
import type { LayerNormSpec } from './layer-norm/spec.ts';
import type { LayerModule } from './layer.ts';

/** One layer. What differs by kind is asked of its module (`layers.ts`). */
export type LayerSpec = DenseSpec | LayerNormSpec;

export type LayerKind = LayerSpec['kind'];

export type SpecOf<Kind extends LayerKind> = Extract<LayerSpec, { readonly kind: Kind }>;

const MODULES: { readonly [Kind in LayerKind]: LayerModule<SpecOf<Kind>> } = {
  dense,
  'layer-norm': layerNorm,
};

export const LAYER_KINDS = Object.keys(MODULES) as LayerKind[];

export const moduleOf = (layer: LayerSpec): LayerModule<LayerSpec> =>
  MODULES[layer.kind] as LayerModule<LayerSpec>;
