import type { SpecOf } from '../../../network/layers/registry.ts';
import { forward } from '../kernels/forward.ts';
import { inputGradient } from '../kernels/input-gradient.ts';
import { denseShape } from '../kernels/shape.ts';
import { weightGradient } from '../kernels/weight-gradient.ts';
import type { GpuLayer } from './layer.ts';

export const dense: GpuLayer<SpecOf<'dense'>> = {
  kept: () => 0,
  async forward(layer, { at, choose }) {
    const shape = denseShape(layer, at);
    return forward(shape, await choose('forward', shape));
  },
  async inputGradient(layer, { at, choose }, below) {
    const shape = denseShape(layer, at);
    return inputGradient(shape, below, await choose('input gradient', shape));
  },
  async parameterGradient(layer, { at, choose }, sink) {
    const shape = denseShape(layer, at);
    return weightGradient(shape, sink, await choose('weight gradient', shape));
  },
};
