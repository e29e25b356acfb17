/** A public host of NIST's files. Finished files are kept, so that a second try goes on where the first one ended. */
import type { DatasetId } from '../../experiment/datasets.ts';
import {
  CATALOGUE,
  DEFAULT_MIRROR,
  mirrorUrl,
  officialCount,
  rawBytes,
  type FileRole,
} from '../catalogue.ts';
import { digested, type FileBytes, type FilesOfSet } from '../build.ts';
import { DataError, type DataErrorCode } from '../errors.ts';
import { fetchFile } from './fetch-file.ts';
import { sumProgress, type SetProgress } from './progress.ts';

export interface MirrorOptions {
  /** Address before the repository's name. */
  readonly mirror?: string | undefined;
  readonly fetch: typeof fetch;
  readonly signal?: AbortSignal | undefined;
  readonly stallMs: number;
  /** Bytes of the set as they travel. */
  readonly onProgress?: SetProgress | undefined;
  /** Where finished files are. */
  readonly store: {
    find(name: string): Promise<FileBytes | null>;
    keep(file: FileBytes): Promise<void>;
  };
}

/**
 * Worth a second try: the next one may go well. A missing file or a web page will not change, and a host that went
 * silent has had its time: nobody should wait twice for it.
 */
const PASSING: readonly DataErrorCode[] = ['network', 'server', 'broken-connection', 'short-body'];

/** Room above the official size for a file that a mirror has packed less well: it may even be unpacked. */
const SLACK = 1 << 20;

/** All four files of a set, from the store or from the mirror. */
export async function fetchFromMirror(id: DatasetId, options: MirrorOptions): Promise<FilesOfSet> {
  const { files, label } = CATALOGUE[id];
  const onProgress = sumProgress(files, options.onProgress);
  const found: Partial<Record<FileRole, FileBytes>> = {};
  for (const { role, name, bytes } of files) {
    const url = mirrorUrl(id, name, options.mirror ?? DEFAULT_MIRROR);
    if (url === null) throw new DataError('no-mirror', label);
    options.signal?.throwIfAborted();
    let file = await options.store.find(name);
    if (!file) {
      const body = await withRetry(() =>
        fetchFile(url, {
          file: name,
          fetch: options.fetch,
          signal: options.signal,
          stallMs: options.stallMs,
          limit: rawBytes(role, officialCount(id, role)) + SLACK,
          expected: bytes,
          onProgress: (loaded, total) => onProgress(name, loaded, total),
        }),
      );
      file = await digested(name, body);
      await options.store.keep(file);
    }
    onProgress(name, file.bytes.length, file.bytes.length);
    found[role] = file;
  }
  return found as FilesOfSet;
}

async function withRetry<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof DataError && PASSING.includes(error.code)) return attempt();
    throw error;
  }
}
