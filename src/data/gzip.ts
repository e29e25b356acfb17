/**
 * Unpacking with the browser's own `DecompressionStream`.
 *
 * A file that is already unpacked passes as it is: hosts that send `.gz` with `Content-Encoding: gzip` (Vite's
 * server among them) have the browser inflate it before the page sees a byte.
 */
import { DataError } from './errors.ts';
import { looksLikeIdx, refuseEmptyOrHtml } from './idx.ts';

export interface UnpackOptions {
  /** Named in refusals. */
  readonly file: string;
  /** Unpacked bytes that are likely: saves growing the buffer. */
  readonly expected?: number;
  /** Unpacked bytes never to exceed, so that a hostile file cannot fill the memory. */
  readonly limit?: number;
  readonly signal?: AbortSignal | undefined;
  /** Unpacked bytes so far. */
  readonly onProgress?: (loaded: number) => void;
}

export const looksLikeGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Bytes that a file says it unpacks to: gzip's last four (RFC 1952, ISIZE), or its own length. Not to be relied on. */
export function unpackedBytes(bytes: Uint8Array): number {
  if (!looksLikeGzip(bytes) || bytes.length < 18) return bytes.length;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(bytes.length - 4, true);
}

/** The largest official file unpacked is 547 MB (EMNIST ByClass, training images). */
const LIMIT = 600_000_000;

/** The unpacked IDX file in `bytes`, which are gzip or IDX. Refuses anything else. */
export async function unpack(bytes: Uint8Array, options: UnpackOptions): Promise<Uint8Array> {
  const { file } = options;
  refuseEmptyOrHtml(bytes, file);
  if (looksLikeIdx(bytes)) {
    options.onProgress?.(bytes.length);
    return bytes;
  }
  if (!looksLikeGzip(bytes)) {
    const found = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new DataError('not-packed', file, found);
  }
  const { unpacked, error } = await inflate(bytes, 'gzip', options);
  // One refusal for both causes: when a stream fails it drops what it had not handed out, so lengths tell nothing.
  if (error !== null) throw new DataError('broken-gzip', file, bytes.length).because(error);
  return unpacked;
}

/** Inflates as far as the bytes allow; `error` is null when their end was reached cleanly. */
export async function inflate(
  bytes: Uint8Array,
  format: 'gzip' | 'deflate-raw',
  { file, expected = bytes.length * 4, limit = LIMIT, signal, onProgress }: UnpackOptions,
): Promise<{ unpacked: Uint8Array; error: unknown }> {
  const stream = new DecompressionStream(format);
  const writer = stream.writable.getWriter();
  // Pieces, so that the decoder hands out results on its way; errors arrive at the reader.
  const feed = async () => {
    for (let start = 0; start < bytes.length; start += 1 << 20) {
      await writer.write(bytes.subarray(start, start + (1 << 20)) as Uint8Array<ArrayBuffer>);
    }
    await writer.close();
  };
  const fed = feed().catch(() => undefined);

  // No deflated byte becomes more than 1,032: a small file never asks for a large buffer.
  let buffer = new Uint8Array(Math.min(Math.max(expected, 64), limit, 64 + bytes.length * 1032));
  let length = 0;
  const reader = stream.readable.getReader();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) break;
      if (length + value.length > limit) {
        throw new DataError('unpacks-too-large', file, limit);
      }
      if (length + value.length > buffer.length) {
        const grown = new Uint8Array(Math.min(limit, Math.max(buffer.length * 2, length + value.length)));
        grown.set(buffer.subarray(0, length));
        buffer = grown;
      }
      buffer.set(value, length);
      length += value.length;
      onProgress?.(length);
    }
    await fed;
    return { unpacked: buffer.subarray(0, length), error: null };
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (error instanceof DataError || signal?.aborted) throw error;
    return { unpacked: buffer.subarray(0, length), error };
  }
}
