/**
 * Reads single files out of a ZIP without reading the rest: NIST's `gzip.zip` is 562 MB, one split of it 33 MB. The
 * format is zip.js's work: 64-bit sizes, comments of any content, checksums, overlaps.
 */
import type { Entry, FileEntry } from '@zip.js/zip.js';
import { DataError } from './errors.ts';
import type { dataFaults } from './words.ts';

/** The part of `Blob` that is used. */
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

export interface ZipEntry {
  /** Path inside the archive. */
  readonly path: string;
  /** Bytes once unpacked, as the archive says. */
  readonly size: number;
  /** The whole file, its checksum compared. */
  read(signal?: AbortSignal): Promise<Uint8Array>;
  /** Its first bytes, as many as `length` at most. */
  start(length: number): Promise<Uint8Array>;
}

/** No file of a data set here is larger; see `LIMITS` in `idx.ts`. */
const LIMIT = 600_000_016;

/** Loaded with the first archive. */
const library = () => import('@zip.js/zip.js/lib/zip-core-native.js');

/** The files in the archive, directories left out. Refuses (`DataError`) what is not a ZIP, or not a whole one. */
export async function readZip(blob: BlobLike, file: string): Promise<ZipEntry[]> {
  const { ZipReader, Reader } = await library();
  class Slices extends Reader<BlobLike> {
    override size = blob.size;
    override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
      return new Uint8Array(await blob.slice(index, Math.min(blob.size, index + length)).arrayBuffer());
    }
  }
  let entries: Entry[];
  try {
    entries = await new ZipReader(new Slices(blob)).getEntries();
  } catch (error) {
    throw refusal(error, file, null);
  }
  return entries.filter((entry): entry is FileEntry => !entry.directory).map((entry) => entryOf(entry, file));
}

function entryOf(entry: FileEntry, file: string): ZipEntry {
  const path = pathOf(entry);
  const size = entry.uncompressedSize;
  return {
    path,
    size,
    async read(signal) {
      if (size > LIMIT) throw new DataError('unpacks-too-large', `${path} in ${file}`, LIMIT);
      // What an archive says of a size is no reason to take that much memory; it grows as bytes come.
      const parts: Uint8Array[] = [];
      let length = 0;
      const sink = new WritableStream<Uint8Array>({
        write(part) {
          length += part.length;
          if (length > size) throw new DataError('zip-damaged', path, file);
          parts.push(part);
        },
      });
      try {
        await entry.getData(sink, {
          checkSignature: true,
          useWebWorkers: false,
          ...(signal ? { signal } : {}),
        });
      } catch (error) {
        signal?.throwIfAborted();
        throw refusal(error, file, path);
      }
      return joined(parts, length);
    },
    async start(wanted) {
      const parts: Uint8Array[] = [];
      let length = 0;
      const enough = new AbortController();
      const sink = new WritableStream<Uint8Array>({
        write(part) {
          parts.push(part);
          length += part.length;
          if (length >= wanted) enough.abort();
        },
      });
      await entry.getData(sink, { useWebWorkers: false, signal: enough.signal }).catch((error: unknown) => {
        if (!enough.signal.aborted) throw refusal(error, file, path);
      });
      return joined(parts, length).subarray(0, wanted);
    },
  };
}

/** Info-ZIP writes UTF-8 without saying so. */
function pathOf({ rawFilename, filename }: FileEntry): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(rawFilename);
  } catch {
    return filename;
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** zip.js's sentences in ours. */
const WHOLE: Readonly<Record<string, keyof typeof dataFaults & `zip-${string}`>> = {
  'End of central directory not found': 'zip-no-contents',
  'File format is not recognized': 'zip-no-contents',
  'Split zip file': 'zip-split',
};

function refusal(error: unknown, file: string, path: string | null): Error {
  if (error instanceof DataError) return error;
  const { message } = error instanceof Error ? error : new Error(String(error));
  if (path === null) {
    return WHOLE[message] === 'zip-split'
      ? new DataError('zip-split', file).because(error)
      : new DataError(WHOLE[message] ? 'zip-no-contents' : 'zip-contents', file).because(error);
  }
  if (/encrypt/i.test(message)) return new DataError('zip-encrypted', file, path).because(error);
  if (/compression method/i.test(message)) return new DataError('zip-method', file, path).because(error);
  return new DataError('zip-damaged', path, file).because(error);
}
