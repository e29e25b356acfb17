/** The kinds of layers there are. A new one is a folder, a row here, and whatever the type checker then asks for. */
import { dense } from './dense/dense.ts';
import type { DenseSpec } from './dense/spec.ts';
import type { LayerModule } from './layer.ts';

/** One layer. What differs by kind is asked of its module (`layers.ts`). */
export type LayerSpec = DenseSpec;

export type LayerKind = LayerSpec['kind'];

export type SpecOf<Kind extends LayerKind> = Extract<LayerSpec, { readonly kind: Kind }>;

const MODULES: { readonly [Kind in LayerKind]: LayerModule<SpecOf<Kind>> } = { dense };

export const moduleOf = (layer: LayerSpec): LayerModule<LayerSpec> => MODULES[layer.kind];
