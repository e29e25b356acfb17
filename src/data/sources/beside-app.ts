/** Files served beside the app: `./data/index.json` lists the sets, `./data/<id>/` holds a manifest and four files. */
import type { DatasetId } from '../../experiment/datasets.ts';
import { digested, type FileBytes, type FilesOfSet } from '../build.ts';
import { rawBytes, type FileRole } from '../catalogue.ts';
import { DataError } from '../errors.ts';
import { MANIFEST_NAME, readManifest, readSetList, type Manifest } from '../manifest.ts';
import { fetchFile } from './fetch-file.ts';
import { sumProgress, type SetProgress } from './progress.ts';

export interface BesideAppOptions {
  /** The page's own address; everything is relative to it. */
  readonly base: string;
  readonly fetch: typeof fetch;
  readonly signal?: AbortSignal | undefined;
  readonly stallMs: number;
  readonly onProgress?: SetProgress | undefined;
}

/** The text at this address, or null: not being there is an answer, not an error. */
async function textAt(path: string, { base, fetch, signal }: BesideAppOptions): Promise<string | null> {
  try {
    const response = await fetch(new URL(path, base).href, signal ? { signal } : {});
    return response.ok ? await response.text() : null;
  } catch {
    signal?.throwIfAborted();
    return null;
  }
}

/** Which sets were prepared. One request, so that absent sets leave no failed ones in the console. */
export async function setsBesideApp(options: BesideAppOptions): Promise<DatasetId[]> {
  return readSetList((await textAt(`data/${MANIFEST_NAME}`, options)) ?? '');
}

export async function manifestBesideApp(id: DatasetId, options: BesideAppOptions): Promise<Manifest | null> {
  const manifest = readManifest((await textAt(`data/${id}/${MANIFEST_NAME}`, options)) ?? '');
  return manifest?.id === id ? manifest : null;
}

/**
 * The four files that the manifest names. Their digests are taken anew; the manifest's stand in where a file arrives
 * unpacked, or where the browser cannot compute any (a page served over plain http).
 */
export async function fetchBesideApp(manifest: Manifest, options: BesideAppOptions): Promise<FilesOfSet> {
  const onProgress = sumProgress(manifest.files, options.onProgress);
  const found: Partial<Record<FileRole, FileBytes>> = {};
  for (const { role, name, bytes, sha256 } of manifest.files) {
    const body = await fetchFile(new URL(`data/${manifest.id}/${name}`, options.base).href, {
      file: name,
      fetch: options.fetch,
      signal: options.signal,
      stallMs: options.stallMs,
      limit: bytes + rawBytes(role, role.startsWith('train') ? manifest.counts.train : manifest.counts.test),
      expected: bytes,
      onProgress: (loaded, total) => onProgress(name, loaded, total),
    });
    if (body[0] === 0x1f && body.length !== bytes) {
      throw new DataError('short-beside-app', name, body.length, bytes);
    }
    const file = await digested(name, body);
    found[role] = { ...file, sha256: file.sha256 ?? sha256 };
  }
  return found as FilesOfSet;
}
