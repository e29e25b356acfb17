import type { Shape } from '../../network/layers/layer.ts';
import {
  countParameters,
  type LayerSpec,
  unflattenParameters,
  modulePlaces,
  parametersOf,
} from '../../network/layers/layers.ts';
import { LENGTH_BYTES } from './header.ts';

/** What the format fills a header up with. */
const SPACE = 0x20;

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/**
 * Layers are named as PyTorch names those of a `Sequential`, where a dense layer's activation is a module too: 0, 2, 4, …;
 * with a layer normalisation after the first, 0, 2, 3, ….
 */
export const layerNames = (layers: readonly LayerSpec[]): string[] => modulePlaces(layers).map(String);

/**
 * A safetensors file: `0.weight [outputs, inputs]`, `0.bias [outputs]`, `2.weight`, …, all float32.
 *
 * @param parameters Flat, as `network/spec.ts` lays them out.
 */
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
  const names = layerNames(layers);
  unflattenParameters(layers, parameters).forEach((views, index) => {
    for (const { name, shape, exported, transposed } of parametersOf(layers[index])) {
      const values = transposed ? transpose(views[name], shape) : views[name];
      body.set(values, at);
      add(`${names[index]}.${exported}`, transposed ? shape.toReversed() : shape, values.length);
    }
  });
  const head = new TextEncoder().encode(JSON.stringify(header));
  // Numbers begin on eight bytes, so that readers can map them.
  const length = Math.ceil(head.length / 8) * 8;
  const file = new Uint8Array(LENGTH_BYTES + length + body.byteLength);
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true);
  file.set(head, LENGTH_BYTES);
  file.fill(SPACE, LENGTH_BYTES + head.length, LENGTH_BYTES + length);
  file.set(new Uint8Array(body.buffer), LENGTH_BYTES + length);
  return file;
}

/** `[rows, columns]` → `[columns, rows]`. */
function transpose(values: Float32Array, [rows, columns]: Shape): Float32Array {
  const turned = new Float32Array(values.length);
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) turned[c * rows + r] = values[r * columns + c];
  return turned;
}
