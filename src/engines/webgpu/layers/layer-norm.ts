import type { SpecOf } from '../../../network/layers/registry.ts';
import { normForward, normGradient, normInputGradient } from '../kernels/layer-norm.ts';
import type { GpuLayer } from './layer.ts';

export const layerNorm: GpuLayer<SpecOf<'layer-norm'>> = {
  kept: () => 2,
  forward: async ({ width }, { at }) => normForward({ width, at }),
  inputGradient: async ({ width }, { at }, below) => normInputGradient({ width, at }, below),
  parameterGradient: async ({ width }, { at }, sink) => normGradient({ width, at }, sink),
};
