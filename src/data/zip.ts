/**
 * Reads single files out of a ZIP without reading the rest: NIST's `gzip.zip` is 562 MB, one split of it 33 MB.
 *
 * The list of contents is at the end (PKWARE APPNOTE 4.3): the "end of central directory" record points to it, each
 * entry there points to a local header, and behind that lie the file's bytes.
 */
import { DataError } from './errors.ts';
import { inflate } from './gzip.ts';

/** The part of `Blob` that is used. */
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

export interface ZipEntry {
  /** Path inside the archive. */
  readonly path: string;
  /** Bytes once unpacked. */
  readonly size: number;
  read(signal?: AbortSignal): Promise<Uint8Array>;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
/** The record may be followed by a comment of up to 65,535 bytes. */
const LONGEST_END = END_BYTES + 0xffff;
/** In place of a value: "see the 64-bit extension". */
const IN_ZIP64 = 0xffffffff;

async function bytesAt(blob: BlobLike, start: number, length: number): Promise<Uint8Array> {
  return new Uint8Array(await blob.slice(start, start + length).arrayBuffer());
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The files in the archive, directories left out. Refuses (`DataError`) what is not a ZIP, or not a whole one. */
export async function readZip(blob: BlobLike, file: string): Promise<ZipEntry[]> {
  const tail = await bytesAt(blob, Math.max(0, blob.size - LONGEST_END), Math.min(blob.size, LONGEST_END));
  const view = viewOf(tail);
  let end = tail.length - END_BYTES;
  while (end >= 0 && view.getUint32(end, true) !== END_SIGNATURE) end--;
  if (end < 0) throw new DataError('zip-no-contents', file);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  if (start === IN_ZIP64) throw new DataError('zip-64', file);
  if (start + size > blob.size) throw new DataError('zip-contents-end', file, start + size, blob.size);
  return readDirectory(blob, await bytesAt(blob, start, size), count, file);
}

function readDirectory(blob: BlobLike, directory: Uint8Array, count: number, file: string): ZipEntry[] {
  const view = viewOf(directory);
  const entries: ZipEntry[] = [];
  for (let at = 0, n = 0; n < count; n++) {
    if (at + 46 > directory.length || view.getUint32(at, true) !== ENTRY_SIGNATURE) {
      throw new DataError('zip-contents-entry', file, n + 1);
    }
    const method = view.getUint16(at + 10, true);
    const packed = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    const pathLength = view.getUint16(at + 28, true);
    const local = view.getUint32(at + 42, true);
    const path = new TextDecoder().decode(directory.subarray(at + 46, at + 46 + pathLength));
    at += 46 + pathLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (path.endsWith('/')) continue;
    entries.push({
      path,
      size,
      read: (signal) => readEntry(blob, { path, method, packed, size, local }, file, signal),
    });
  }
  return entries;
}

interface Place {
  readonly path: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly local: number;
}

async function readEntry(
  blob: BlobLike,
  { path, method, packed, size, local }: Place,
  file: string,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const header = await bytesAt(blob, local, 30);
  if (header.length < 30 || viewOf(header).getUint32(0, true) !== LOCAL_SIGNATURE) {
    throw new DataError('zip-misplaced', file, path);
  }
  // Name and extra field are repeated here, and may be longer than in the directory.
  const start = local + 30 + viewOf(header).getUint16(26, true) + viewOf(header).getUint16(28, true);
  signal?.throwIfAborted();
  const bytes = await bytesAt(blob, start, packed);
  if (bytes.length < packed) throw new DataError('zip-truncated', path, file, bytes.length, packed);
  if (method === 0) return bytes;
  if (method !== 8) throw new DataError('zip-method', file, path, method);
  const { unpacked, error } = await inflate(bytes, 'deflate-raw', {
    file: `${path} in ${file}`,
    expected: size,
    signal,
  });
  if (error !== null || unpacked.length !== size) {
    throw new DataError('zip-damaged', path, file, unpacked.length, size);
  }
  return unpacked;
}
