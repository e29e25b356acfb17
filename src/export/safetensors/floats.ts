/** The types of numbers that weights may have in a file, little-endian. All become float32. */

export const FLOAT_BYTES = { F16: 2, BF16: 2, F32: 4, F64: 8 } as const;
export type FloatType = keyof typeof FLOAT_BYTES;

export const isFloatType = (dtype: string): dtype is FloatType => Object.hasOwn(FLOAT_BYTES, dtype);

/** Half of a float32: its upper sixteen bits. */
const fromBfloat16 = (bits: number): number => new Float32Array(Uint32Array.of(bits << 16).buffer)[0];

/** One bit of sign, five of exponent (bias 15), ten of fraction; below the smallest exponent without a leading one. */
function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15));
}

/**
 * Numbers as float32: F16 and BF16 exactly, F64 rounded to the nearest.
 * @param bytes Nothing but the numbers; they may begin anywhere in their buffer.
 */
export function toFloat32(bytes: Uint8Array, dtype: FloatType): Float32Array<ArrayBuffer> {
  // A copy begins where its buffer does, which typed arrays need. Not by `slice`: a Node Buffer's makes none.
  const { buffer } = new Uint8Array(bytes);
  if (dtype === 'F32') return new Float32Array(buffer);
  if (dtype === 'F64') return Float32Array.from(new Float64Array(buffer));
  return Float32Array.from(new Uint16Array(buffer), dtype === 'F16' ? fromFloat16 : fromBfloat16);
}
