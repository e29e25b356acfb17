import type { LayerShape } from '../../network/layers/layers.ts';
import { LIMITS } from '../../experiment/limits.ts';
import { exportText as text } from '../words.ts';
import { WeightsError } from '../weights-error.ts';
import { toFloat32, type FloatType } from './floats.ts';
import { HEADER_LIMIT, LENGTH_BYTES, readHeader, type Tensor } from './header.ts';

/** A layer of a file. */
export interface NamedLayer extends LayerShape {
  /** Its tensors' common name, e.g. `encoder.0`. */
  readonly name: string;
  /** Flat, as its kind's module orders them. */
  readonly parameters: Float32Array<ArrayBuffer>;
}

export interface ReadWeights {
  /** As they lie in the file, which says nothing of their order in a network. */
  readonly layers: readonly NamedLayer[];
  readonly metadata: Readonly<Record<string, string>>;
  /** Sentences on what was done to the numbers. */
  readonly remarks: readonly string[];
}

/** Layers that a network may have. */
const MOST_LAYERS = LIMITS.layers + 1;

/** Bytes of the largest file that can hold a network within the limits: a header, and float64. */
export const FILE_LIMIT = LENGTH_BYTES + HEADER_LIMIT + 8 * LIMITS.parameters;

/**
 * The layers of a safetensors file: tensors `….weight [outputs, inputs]` and `….bias [outputs]` of linear ones,
 * `….weight [width]` and `….bias [width]` of layer normalisation, and no others.
 * @throws WeightsError with a sentence: what was wrong, found and expected.
 */
export function readSafetensors(bytes: Uint8Array): ReadWeights {
  const { metadata, tensors } = readHeader(bytes, 2 * MOST_LAYERS);
  const pairs = pairUp(tensors);
  const size = tensors.reduce((sum, { shape }) => sum + shape.reduce((product, n) => product * n, 1), 0);
  if (size > LIMITS.parameters) throw new WeightsError(text.tooManyNumbers(size, LIMITS.parameters));
  const layers = pairs.map(({ name, weight, bias }) => ({
    name,
    ...layerOf(weight.shape),
    parameters: readLayer(bytes, weight, bias),
  }));
  return { layers, metadata, remarks: remarksOn(tensors) };
}

interface Pair {
  readonly name: string;
  readonly weight: Tensor;
  readonly bias: Tensor;
}

function pairUp(tensors: readonly Tensor[]): Pair[] {
  const halves = { weight: new Map<string, Tensor>(), bias: new Map<string, Tensor>() };
  for (const tensor of tensors) {
    // PyTorch names those of a lone layer without a dot. Nobody's names have more than 500 characters.
    const [, layer = '', part] = /^(?:(.{0,500})\.)?(weight|bias)$/s.exec(tensor.name) ?? [];
    if (part !== 'weight' && part !== 'bias') throw new WeightsError(text.strangeTensor(tensor.name));
    checkShape(tensor, part === 'weight' ? [1, 2] : [1]);
    halves[part].set(layer, tensor);
  }
  if (halves.weight.size === 0 && halves.bias.size === 0) throw new WeightsError(text.noLayers);
  for (const [part, other] of [
    ['weight', 'bias'],
    ['bias', 'weight'],
  ] as const) {
    const alone = [...halves[part]].find(([layer]) => !halves[other].has(layer));
    if (alone)
      throw new WeightsError(text.missing(alone[1].name.replace(/(weight|bias)$/, other), alone[1].name));
  }
  return [...halves.weight].map(([name, weight]) => {
    const bias = halves.bias.get(name)!;
    if (bias.shape[0] !== weight.shape[0]) {
      throw new WeightsError(text.biasDisagrees(bias.name, bias.shape[0], weight.shape[0]));
    }
    return { name, weight, bias };
  });
}

/** What a weight's shape says of its layer: a list is the scale of a layer normalisation, a matrix a linear layer's. */
function layerOf(shape: readonly number[]): LayerShape {
  const [outputs, inputs = outputs] = shape;
  return { kind: shape.length === 1 ? 'layer-norm' : 'dense', inputs, outputs };
}

function checkShape({ name, shape }: Tensor, dimensions: readonly number[]): void {
  if (!dimensions.includes(shape.length) || shape.includes(0)) {
    throw new WeightsError(text.wrongShape(name, JSON.stringify(shape), dimensions));
  }
}

function readLayer(bytes: Uint8Array, weight: Tensor, bias: Tensor): Float32Array<ArrayBuffer> {
  const numbers = ({ name, dtype, start, end }: Tensor) => {
    const found = toFloat32(bytes.subarray(start, end), dtype);
    if (!found.every(Number.isFinite))
      throw new WeightsError(dtype === 'F64' ? text.beyondFloat32(name) : text.notFinite(name));
    return found;
  };
  // A scale is one row, which stands as it is.
  const [outputs, inputs] = weight.shape.length === 1 ? [1, weight.shape[0]] : weight.shape;
  const parameters = new Float32Array(inputs * outputs + bias.shape[0]);
  const rows = numbers(weight);
  for (let o = 0; o < outputs; o++)
    for (let i = 0; i < inputs; i++) parameters[i * outputs + o] = rows[o * inputs + i];
  parameters.set(numbers(bias), inputs * outputs);
  return parameters;
}

function remarksOn(tensors: readonly Tensor[]): string[] {
  const types = [...new Set(tensors.map(({ dtype }) => dtype))];
  const said: Readonly<Record<FloatType, string | null>> = {
    F16: text.widened('F16'),
    BF16: text.widened('BF16'),
    F32: null,
    F64: text.narrowed,
  };
  return types.map((type) => said[type]).filter((remark) => remark !== null);
}
