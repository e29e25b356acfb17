/** Weights in panels, `[outputs / 8][inputs][8]`, then the bias, `[outputs]`, all padded. */
import type { SpecOf } from '../../../network/layers/registry.ts';
import { ACTIVATION_CODES } from '../kernels.ts';
import { FLOAT_BYTES, paddedUnits } from '../layout.ts';
import type { CpuLayer } from './layer.ts';

const quads = (units: number): number => paddedUnits(units) / 4;
const panels = (units: number): number => paddedUnits(units) / 8;

/** Where the bias begins. */
const biasAt = ({ inputs, outputs }: SpecOf<'dense'>): number =>
  paddedUnits(inputs) * paddedUnits(outputs) * FLOAT_BYTES;

export const dense: CpuLayer<SpecOf<'dense'>> = {
  bytes: (layer) => biasAt(layer) + paddedUnits(layer.outputs) * FLOAT_BYTES,
  /** Eight rows of the weights, transposed: for each thread. */
  panelBytes: ({ outputs }, threads) => paddedUnits(outputs) * 8 * FLOAT_BYTES * threads,
  /** A few tiles of a weight gradient: for each thread. */
  scratchBytes: (_, __, threads) => 768 * threads,
  /** A few rows at a time by way of `staging`: four times as fast as number by number here. */
  copy(layer, { kernels, address, flat, direction, staging, memory }) {
    const { inputs, outputs } = layer;
    const into = direction === 'in' ? 1 : 0;
    const room = Math.min(Math.floor(staging.floats.length / outputs), 32);
    let at = 0;
    for (let row = 0; row < inputs; row += room) {
      const count = Math.min(room, inputs - row);
      const rows = flat.subarray(at, (at += count * outputs));
      if (into) staging.floats.set(rows);
      const first = address + row * 8 * FLOAT_BYTES;
      kernels.copyPanels(first, paddedUnits(inputs) * 8 * FLOAT_BYTES, staging.address, outputs, count, into);
      if (!into) rows.set(staging.floats.subarray(0, rows.length));
    }
    const from = (address + biasAt(layer)) / FLOAT_BYTES;
    const biases = memory.subarray(from, from + outputs);
    if (into) biases.set(flat.subarray(at));
    else flat.set(biases, at);
  },
  forward(layer, { kernels, stride, samples }, parameters, x, y) {
    const { inputs, outputs, activation } = layer;
    const bias = parameters + biasAt(layer);
    const size = [quads(inputs), panels(outputs), stride, samples] as const;
    kernels.forward(x, parameters, bias, y, ...size, ACTIVATION_CODES[activation], outputs);
  },
  inputGradient({ inputs, outputs }, { kernels, stride, samples, panel }, parameters, x, d, dx, below) {
    const panelBytes = paddedUnits(inputs) * 8 * FLOAT_BYTES;
    const size = [quads(inputs), panels(outputs), panelBytes, stride, samples] as const;
    kernels.inputGradient(d, parameters, x, dx, ...size, ACTIVATION_CODES[below], panel);
  },
  parameterGradient(layer, { kernels, stride, samples, scratch }, x, d, update) {
    const { target, first, second, rule, learningRate, epsilon, shrink } = update;
    const bias = biasAt(layer);
    kernels.weightGradient(
      x,
      d,
      target,
      first,
      second,
      target + bias,
      first + bias,
      second + bias,
      quads(layer.inputs),
      panels(layer.outputs),
      stride,
      samples,
      rule,
      learningRate,
      epsilon,
      shrink,
      scratch,
    );
  },
};
