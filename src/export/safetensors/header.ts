/**
 * The safetensors format (https://github.com/huggingface/safetensors): eight bytes with the header's length, a JSON
 * header with name, type, shape and place of every tensor, then the numbers.
 *
 * What the reference library refuses is refused here: see the list in `header.test.ts`. So are two things its
 * documentation forbids and version 0.8 lets pass: a tensor or a line of metadata that stands twice.
 */
import { exportText as text } from '../words.ts';
import { WeightsError } from '../weights-error.ts';
import { FLOAT_BYTES, isFloatType, type FloatType } from './floats.ts';
import { otherFormat } from './other-formats.ts';
import { parseHeader } from './json.ts';

/** The reference library's limit on a header, in bytes. */
export const HEADER_LIMIT = 100_000_000;

/** Bytes before the header. */
export const LENGTH_BYTES = 8;

export interface Tensor {
  readonly name: string;
  readonly dtype: FloatType;
  readonly shape: readonly number[];
  /** The bytes of its numbers, counted from the file's first. */
  readonly start: number;
  readonly end: number;
}

export interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order of their bytes, which they cover without hole or overlap up to the last. */
  readonly tensors: readonly Tensor[];
}

/**
 * @param most Tensors that a file may have.
 * @throws WeightsError with a sentence: what was wrong, found and expected.
 */
export function readHeader(bytes: Uint8Array, most: number): Header {
  const other = otherFormat(bytes, LENGTH_BYTES);
  if (other) throw new WeightsError(text.otherFormat[other]);
  if (bytes.length < LENGTH_BYTES) throw new WeightsError(text.tooShort(bytes.length));
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES).getBigUint64(0, true));
  if (length > HEADER_LIMIT) throw new WeightsError(text.longHeader(length, HEADER_LIMIT));
  const start = LENGTH_BYTES + length;
  if (start > bytes.length) throw new WeightsError(text.shortHeader(length, bytes.length - LENGTH_BYTES));
  const entries = parseHeader(decodeUtf8(bytes.subarray(LENGTH_BYTES, start)));
  if (!isRecord(entries)) throw new WeightsError(text.badHeader);
  const { __metadata__: metadata, ...rest } = entries;
  const names = Object.keys(rest);
  if (names.length > most) throw new WeightsError(text.tooManyTensors(names.length, most));
  const tensors = names
    .map((name) => readEntry(name, rest[name], start))
    .sort((a, b) => a.start - b.start || a.end - b.end);
  checkCoverage(tensors, start, bytes.length);
  return { metadata: readMetadata(metadata), tensors };
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new WeightsError(text.badHeader);
  }
}

function readMetadata(found: unknown): Record<string, string> {
  if (found === undefined || found === null) return {};
  if (!isRecord(found)) throw new WeightsError(text.badMetadata(JSON.stringify(found)));
  for (const [key, value] of Object.entries(found)) {
    if (typeof value !== 'string') throw new WeightsError(text.notText(key, JSON.stringify(value)));
  }
  return found as Record<string, string>;
}

function readEntry(name: string, entry: unknown, start: number): Tensor {
  if (!isRecord(entry)) throw new WeightsError(text.badEntry(name, JSON.stringify(entry)));
  const { dtype, shape, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string' || !isFloatType(dtype)) {
    throw new WeightsError(text.wrongType(name, show(dtype), Object.keys(FLOAT_BYTES)));
  }
  if (!isCounts(shape)) throw new WeightsError(text.badShape(name, show(shape)));
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    throw new WeightsError(text.badOffsets(name, show(offsets)));
  }
  const expected = shape.reduce((product, size) => product * size, FLOAT_BYTES[dtype]);
  const [from, to] = offsets;
  if (to - from !== expected) throw new WeightsError(text.wrongSize(name, show(shape), expected, to - from));
  return { name, dtype, shape, start: start + from, end: start + to };
}

function checkCoverage(tensors: readonly Tensor[], start: number, length: number): void {
  let at = start;
  for (const { name, start: from, end } of tensors) {
    if (from > at) throw new WeightsError(text.hole(name, from - at));
    if (from < at) throw new WeightsError(text.overlap(name, at - from));
    at = end;
    if (at > length) throw new WeightsError(text.cutShort(name, at - length));
  }
  if (at < length) throw new WeightsError(text.trailing(length - at));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);

const show = (value: unknown): string => (value === undefined ? text.nothing : JSON.stringify(value));
