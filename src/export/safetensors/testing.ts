/** Safetensors files as others may write them. For tests. */

export interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** A file with this header, as it is or as JSON, and these numbers. */
export function fileOf(header: unknown, body: Uint8Array | number = 0): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const numbers = typeof body === 'number' ? new Uint8Array(body) : body;
  const bytes = new Uint8Array(8 + head.length + numbers.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  bytes.set(numbers, 8 + head.length);
  return bytes;
}

/** Bytes of numbers of one size one after the other. */
export const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** A file of float32 tensors as `safetensors.torch.save_file` lays them out: by name. */
export function savedAs(
  tensors: Readonly<Record<string, { shape: readonly number[]; values: ArrayLike<number> }>>,
  metadata?: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const names = Object.keys(tensors).toSorted();
  const numbers = Float32Array.from(names.flatMap((name) => [...Array.from(tensors[name].values)]));
  let at = 0;
  const entries = names.map((name): [string, Entry] => {
    const { shape, values } = tensors[name];
    return [name, { dtype: 'F32', shape, data_offsets: [4 * at, 4 * (at += values.length)] }];
  });
  const head = { ...(metadata && { __metadata__: metadata }), ...Object.fromEntries(entries) };
  return fileOf(head, bytesOf(numbers));
}
