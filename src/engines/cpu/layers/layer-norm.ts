/** Scale, `[units]`, then shift, `[units]`, both padded. */
import type { SpecOf } from '../../../network/layers/registry.ts';
import { LAYER_NORM_EPSILON } from '../../../network/layers/layer-norm/spec.ts';
import { ACTIVATION_CODES } from '../kernels.ts';
import { FLOAT_BYTES, paddedUnits } from '../layout.ts';
import type { CpuLayer } from './layer.ts';

const quads = (units: number): number => paddedUnits(units) / 4;

export const layerNorm: CpuLayer<SpecOf<'layer-norm'>> = {
  bytes: ({ width }) => 2 * paddedUnits(width) * FLOAT_BYTES,
  panelBytes: () => 0,
  /** Mean and deviation of each sample, and the gradients of scale and shift. */
  scratchBytes: ({ width }, samples) => 2 * (samples + paddedUnits(width)) * FLOAT_BYTES,
  copy({ width }, { address, flat, direction, memory }) {
    for (const part of [0, 1]) {
      const from = address / FLOAT_BYTES + part * paddedUnits(width);
      const here = memory.subarray(from, from + width);
      const there = flat.subarray(part * width, (part + 1) * width);
      if (direction === 'in') here.set(there);
      else there.set(here);
    }
  },
  forward({ width }, { kernels, stride, samples, scratch }, parameters, x, y) {
    const size = [width, quads(width), stride, samples] as const;
    kernels.layerNorm(x, parameters, y, ...size, LAYER_NORM_EPSILON, scratch);
  },
  inputGradient({ width }, { kernels, stride, samples, scratch }, parameters, x, d, dx, below) {
    const size = [width, quads(width), stride, samples] as const;
    kernels.layerNormInputGradient(d, parameters, x, dx, ...size, LAYER_NORM_EPSILON, scratch);
    kernels.applySlopes(ACTIVATION_CODES[below], dx, x, quads(width), stride, samples);
  },
  parameterGradient({ width }, { kernels, stride, samples, scratch }, x, d, update) {
    const { target, first, second, rule, learningRate, epsilon, shrink } = update;
    const size = [width, quads(width), stride, samples] as const;
    const step = [rule, learningRate, epsilon, shrink] as const;
    kernels.layerNormGradient(x, d, target, first, second, ...size, ...step, LAYER_NORM_EPSILON, scratch);
  },
};
