/**
 * The safetensors format (https://github.com/huggingface/safetensors): eight bytes with the header's length, a JSON
 * header with name, type, shape and place of every tensor, then the numbers.
 *
 * Tensors are named as PyTorch names those of a `Sequential` of linear layers with activations between them:
 * `0.weight [outputs, inputs]`, `0.bias [outputs]`, `2.weight`, …
 */
import { countParameters, layerViews, type LayerSpec } from '../network/spec.ts';
import { exportText as text } from './words.ts';

/** A sentence for a person about a file that cannot be read. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

const nameOf = (layer: number, part: 'weight' | 'bias'): string => `${2 * layer}.${part}`;

/** @param parameters Flat, as `network/spec.ts` lays them out. */
export function writeSafetensors(
  layers: readonly LayerSpec[],
  parameters: Float32Array,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const header: Record<string, Entry | Readonly<Record<string, string>>> = { __metadata__: metadata };
  const body = new Float32Array(countParameters(layers));
  let at = 0;
  const add = (name: string, shape: readonly number[], length: number) => {
    header[name] = { dtype: 'F32', shape, data_offsets: [4 * at, 4 * (at + length)] };
    at += length;
  };
  layerViews(layers, parameters).forEach(({ weights, bias }, index) => {
    const { inputs, outputs } = layers[index];
    for (let o = 0; o < outputs; o++)
      for (let i = 0; i < inputs; i++) body[at + o * inputs + i] = weights[i * outputs + o];
    add(nameOf(index, 'weight'), [outputs, inputs], weights.length);
    body.set(bias, at);
    add(nameOf(index, 'bias'), [outputs], outputs);
  });
  const json = JSON.stringify(header);
  // Numbers begin on eight bytes, so that readers can map them.
  const head = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 8) * 8));
  const file = new Uint8Array(8 + head.length + body.byteLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(head.length), true);
  file.set(head, 8);
  file.set(new Uint8Array(body.buffer), 8 + head.length);
  return file;
}

export interface ReadWeights {
  /** Inputs and outputs of each layer, in order. */
  readonly shapes: readonly { readonly inputs: number; readonly outputs: number }[];
  /** Flat, as `network/spec.ts` lays them out. */
  readonly parameters: Float32Array<ArrayBuffer>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads linear layers in their order, whatever they are called, as long as their names sort by number.
 * @throws WeightsError with a sentence: what was wrong, found and expected.
 */
export function readSafetensors(bytes: Uint8Array): ReadWeights {
  const header = readHeader(bytes);
  const { __metadata__: metadata = {}, ...tensors } = header.entries;
  const names = Object.keys(tensors).filter((name) => name.endsWith('.weight'));
  const number = (name: string) => Number(/(\d+)\.weight$/.exec(name)?.[1] ?? NaN);
  names.sort((a, b) => number(a) - number(b));
  if (names.length === 0) throw new WeightsError(text.noLayers);
  const shapes: { inputs: number; outputs: number }[] = [];
  const parts: Float32Array[] = [];
  for (const name of names) {
    const bias = name.replace(/weight$/, 'bias');
    const weights = read(bytes, header, tensors, name, 2);
    const [outputs, inputs] = weights.shape;
    const before = shapes.at(-1);
    if (before && before.outputs !== inputs) {
      throw new WeightsError(text.layersDisagree(name, inputs, before.outputs));
    }
    const biases = read(bytes, header, tensors, bias, 1);
    if (biases.shape[0] !== outputs) {
      throw new WeightsError(text.biasDisagrees(bias, biases.shape[0], outputs));
    }
    const turned = new Float32Array(inputs * outputs);
    for (let o = 0; o < outputs; o++)
      for (let i = 0; i < inputs; i++) turned[i * outputs + o] = weights.values[o * inputs + i];
    shapes.push({ inputs, outputs });
    parts.push(turned, biases.values);
  }
  const parameters = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    parameters.set(part, at);
    at += part.length;
  }
  if (!parameters.every(Number.isFinite)) throw new WeightsError(text.notFinite);
  return { shapes, parameters, metadata: metadata as Record<string, string> };
}

interface Header {
  readonly entries: Record<string, unknown>;
  /** Where the numbers begin. */
  readonly start: number;
}

function readHeader(bytes: Uint8Array): Header {
  if (bytes.length < 8) throw new WeightsError(text.tooShort(bytes.length));
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > bytes.length - 8) throw new WeightsError(text.shortHeader(length, bytes.length - 8));
  try {
    const entries: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    if (typeof entries !== 'object' || entries === null || Array.isArray(entries)) throw new Error();
    return { entries: entries as Record<string, unknown>, start: 8 + length };
  } catch {
    throw new WeightsError(text.badHeader);
  }
}

function read(
  bytes: Uint8Array,
  { start }: Header,
  tensors: Record<string, unknown>,
  name: string,
  dimensions: number,
): { values: Float32Array; shape: readonly number[] } {
  const entry = tensors[name] as Partial<Entry> | undefined;
  if (!entry) throw new WeightsError(text.missing(name));
  const { dtype, shape, data_offsets: offsets } = entry;
  if (dtype !== 'F32') throw new WeightsError(text.wrongType(name, String(dtype)));
  const whole = (list: unknown, length: number): list is number[] =>
    Array.isArray(list) && list.length === length && list.every((n) => Number.isInteger(n) && n >= 0);
  if (!whole(shape, dimensions)) {
    throw new WeightsError(text.wrongShape(name, JSON.stringify(shape), dimensions));
  }
  const count = shape.reduce((product, size) => product * size, 1);
  if (!whole(offsets, 2) || offsets[1] - offsets[0] !== 4 * count || start + offsets[1] > bytes.length) {
    throw new WeightsError(text.cutShort(name, 4 * count));
  }
  const copy = bytes.slice(start + offsets[0], start + offsets[1]);
  return { values: new Float32Array(copy.buffer), shape };
}
