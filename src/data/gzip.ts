/**
 * Unpacking gzip (RFC 1952) member by member, with zlib's own arithmetic (pako): browsers' `DecompressionStream` refuses
 * files of several members and zero padding, which are valid, and does not say where a member ends. As fast as theirs.
 *
 * A file that is already unpacked passes as it is: hosts that send `.gz` with `Content-Encoding: gzip` (Vite's
 * server among them) have the browser inflate it before the page sees a byte.
 */
import {
  Z_BUF_ERROR,
  Z_OK,
  Z_STREAM_END,
  ZStream,
  zlibInflate,
  zlibInflateInit2,
  zlibInflateReset,
} from 'pako';
import { DataError } from './errors.ts';
import { announcedBytes, looksLikeIdx, readHeader, refuseEmptyOrHtml, refuseTooMany } from './idx.ts';

export interface UnpackOptions {
  /** Named in refusals. */
  readonly file: string;
  readonly signal?: AbortSignal | undefined;
  /** Unpacked bytes so far. */
  readonly onProgress?: (loaded: number) => void;
  /** Hears of bytes after the end that are neither gzip nor padding. */
  readonly onTrailing?: ((bytes: number) => void) | undefined;
}

export const looksLikeGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Bytes that a file says it unpacks to: gzip's last four (RFC 1952, ISIZE), or its own length. Not to be relied on. */
export function unpackedBytes(bytes: Uint8Array): number {
  if (!looksLikeGzip(bytes) || bytes.length < 18) return bytes.length;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(bytes.length - 4, true);
}

/** zlib's window bits that mean: gzip, and nothing else. */
const GZIP_ONLY = 31;
const PIECE = 1 << 16;
/** Bytes of an IDX header, the longer one. */
const HEADER = 16;
/** No deflated byte becomes more, so that a small file never asks for a large buffer. */
const MOST_PER_BYTE = 1032;
/** Whoever wants to stop it must be heard. */
const PAUSE_EVERY_MS = 100;

/**
 * What gzip unpacks to, in pieces that are overwritten by the next one. Returns the bytes after the last member that
 * are no padding. Refuses (`DataError`) what breaks off or does not fit its checksums.
 */
function* pieces(bytes: Uint8Array, file: string): Generator<Uint8Array, number> {
  const stream = new ZStream();
  zlibInflateInit2(stream, GZIP_ONLY);
  stream.input = bytes;
  stream.next_in = 0;
  stream.avail_in = bytes.length;
  const output = new Uint8Array(PIECE);
  for (;;) {
    stream.output = output;
    stream.next_out = 0;
    stream.avail_out = output.length;
    const status = zlibInflate(stream, 0);
    if (stream.next_out > 0) yield output.subarray(0, stream.next_out);
    if (status === Z_OK && (stream.avail_in > 0 || stream.avail_out === 0)) continue;
    if (status !== Z_STREAM_END) {
      const why = status === Z_OK || status === Z_BUF_ERROR ? 'It breaks off.' : stream.msg;
      throw new DataError('broken-gzip', file, bytes.length).because(new Error(why));
    }
    let next = stream.next_in;
    while (bytes[next] === 0) next++;
    if (!looksLikeGzip(bytes.subarray(next))) return bytes.length - next;
    stream.next_in = next;
    stream.avail_in = bytes.length - next;
    zlibInflateReset(stream);
  }
}

/** As many of the first `length` unpacked bytes as these first bytes of a file give; nothing is refused. */
export function unpackStart(bytes: Uint8Array, length = HEADER): Uint8Array {
  if (!looksLikeGzip(bytes)) return bytes.subarray(0, length);
  const start = new Uint8Array(length);
  let at = 0;
  try {
    for (const piece of pieces(bytes, '')) {
      start.set(piece.subarray(0, length - at), at);
      at = Math.min(length, at + piece.length);
      if (at === length) break;
    }
  } catch (error) {
    // The start of a file breaks off, of course.
    if (!(error instanceof DataError)) throw error;
  }
  return start.subarray(0, at);
}

/**
 * The unpacked IDX file in `bytes`, which are gzip or IDX. Refuses (`DataError`) anything else, and takes no more memory
 * than the IDX header asks for: what goes on behind its end is refused where it begins.
 */
export async function unpack(bytes: Uint8Array, options: UnpackOptions): Promise<Uint8Array> {
  const { file, signal, onProgress } = options;
  refuseEmptyOrHtml(bytes, file);
  if (looksLikeIdx(bytes)) {
    onProgress?.(bytes.length);
    return bytes;
  }
  if (!looksLikeGzip(bytes)) {
    const found = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new DataError('not-packed', file, found);
  }
  const unpacking = pieces(bytes, file);
  let buffer = new Uint8Array(HEADER);
  let announced: number | null = null;
  let length = 0;
  let paused = performance.now();
  for (;;) {
    signal?.throwIfAborted();
    const { done, value } = unpacking.next();
    if (done) {
      if (value > 0) options.onTrailing?.(value);
      return buffer.subarray(0, length);
    }
    if (announced === null) {
      const before = buffer.subarray(0, length);
      const known = new Uint8Array(length + value.length);
      known.set(before);
      known.set(value, length);
      if (known.length >= HEADER) {
        const header = readHeader(known, file);
        refuseTooMany(header, file);
        announced = announcedBytes(header);
        buffer = new Uint8Array(Math.max(HEADER, Math.min(announced, bytes.length * MOST_PER_BYTE)));
        buffer.set(before);
      }
    }
    if (length + value.length > (announced ?? HEADER)) {
      const header = readHeader(length >= HEADER ? buffer : joined(buffer.subarray(0, length), value), file);
      const { count, kind } = header;
      throw new DataError('trailing-bytes', file, count, kind, announcedBytes(header));
    }
    buffer.set(value, length);
    length += value.length;
    onProgress?.(length);
    if (performance.now() - paused > PAUSE_EVERY_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      paused = performance.now();
    }
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
