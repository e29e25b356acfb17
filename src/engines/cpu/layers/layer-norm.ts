/** Scale, `[units]`, then shift, `[units]`, both padded. */
import type { SpecOf } from '../../../network/layers/registry.ts';
import { LAYER_NORM_EPSILON } from '../../../network/layers/layer-norm/spec.ts';
import { ACTIVATION_CODES } from '../kernels.ts';
import { FLOAT_BYTES, paddedUnits } from '../layout.ts';
import type { CpuLayer, LayerWork } from './layer.ts';

const quads = (units: number): number => paddedUnits(units) / 4;

/** Where the statistics of each sample go, and behind them the gradients of scale and shift. */
const rooms = ({ samples, scratch }: LayerWork) => {
  const bytes = samples * FLOAT_BYTES;
  return { means: scratch, inverses: scratch + bytes, gradient: scratch + 2 * bytes };
};

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
  forward({ width }, work, parameters, x, y) {
    const { kernels, stride, samples } = work;
    const { means, inverses } = rooms(work);
    const size = [width, quads(width), stride, samples] as const;
    kernels.layerNorm(x, parameters, y, ...size, LAYER_NORM_EPSILON, means, inverses);
  },
  inputGradient({ width }, work, parameters, x, d, dx, below) {
    const { kernels, stride, samples } = work;
    const { means, inverses } = rooms(work);
    const size = [width, quads(width), stride, samples] as const;
    kernels.layerNormInputGradient(d, parameters, x, dx, ...size, LAYER_NORM_EPSILON, means, inverses);
    kernels.applySlopes(ACTIVATION_CODES[below], dx, x, quads(width), stride, samples);
  },
  parameterGradient({ width }, work, x, d, update) {
    const { kernels, stride, samples } = work;
    const { target, first, second, rule, learningRate, epsilon, shrink } = update;
    const { means, inverses, gradient } = rooms(work);
    const statistics = [stride, samples, LAYER_NORM_EPSILON, means, inverses] as const;
    kernels.layerNormStatistics(x, width, quads(width), ...statistics);
    const size = [quads(width), paddedUnits(width) * FLOAT_BYTES, stride, samples] as const;
    const step = [rule, learningRate, epsilon, shrink] as const;
    kernels.layerNormGradient(x, d, target, first, second, ...size, ...step, means, inverses, gradient);
  },
};
