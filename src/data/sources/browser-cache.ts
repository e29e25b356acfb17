/** The browser's own store of fetched files (Cache Storage), kept between visits until the person forgets them. */
import { DATASET_IDS, type DatasetId } from '../../experiment/datasets.ts';
import { CATALOGUE } from '../catalogue.ts';
import { DataError } from '../errors.ts';
import { completeSet, type FileBytes, type FilesOfSet } from '../build.ts';
import { MANIFEST_NAME, readManifest, writeManifest, type Manifest } from '../manifest.ts';

/** The part of `Cache` that is used. */
export interface CacheLike {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
  delete(url: string): Promise<boolean>;
  keys(): Promise<readonly { readonly url: string }[]>;
}

const CACHE_NAME = 'piecewise-data-1';
/** Entries need an http address; nothing is ever fetched from this one. */
const ROOT = 'https://data.piecewise.invalid/';
const DIGEST = 'x-sha256';

const urlOf = (id: DatasetId, name: string): string => `${ROOT}${id}/${name}`;

/** The browser's store, or null where there is none (a page served over plain http, some private windows). */
export async function openBrowserCache(): Promise<CacheLike | null> {
  try {
    return typeof caches === 'undefined' ? null : await caches.open(CACHE_NAME);
  } catch {
    return null;
  }
}

/** Bytes kept for each set, finished or not. */
export async function cachedBytes(cache: CacheLike): Promise<Map<DatasetId, number>> {
  const kept = new Map<DatasetId, number>();
  for (const { url } of await cache.keys()) {
    const id = DATASET_IDS.find((candidate) => url.startsWith(urlOf(candidate, '')));
    if (!id) continue;
    const response = await cache.match(url);
    kept.set(id, (kept.get(id) ?? 0) + Number(response?.headers.get('content-length') ?? 0));
  }
  return kept;
}

/** The manifest of a set that was fetched whole and found good, else null. */
export async function cachedManifest(cache: CacheLike, id: DatasetId): Promise<Manifest | null> {
  const response = await cache.match(urlOf(id, MANIFEST_NAME));
  return response ? readManifest(await response.text()) : null;
}

/** One kept file, or null. */
export async function cachedFile(cache: CacheLike, id: DatasetId, name: string): Promise<FileBytes | null> {
  const response = await cache.match(urlOf(id, name));
  if (!response) return null;
  return { name, bytes: new Uint8Array(await response.arrayBuffer()), sha256: response.headers.get(DIGEST) };
}

/** The four kept files. Throws `DataError` 'files-missing' if the browser has dropped one. */
export async function cachedFiles(cache: CacheLike, id: DatasetId): Promise<FilesOfSet> {
  const found = await Promise.all(
    CATALOGUE[id].files.map(async ({ role, name }) => [role, await cachedFile(cache, id, name)] as const),
  );
  return completeSet(id, Object.fromEntries(found.filter(([, file]) => file !== null)), 'kept');
}

/** Keeps a file if the browser has room; if it has none, the file is simply fetched again next time. */
export async function keepFile(cache: CacheLike, id: DatasetId, file: FileBytes): Promise<void> {
  const headers = new Headers({ 'content-length': String(file.bytes.length) });
  if (file.sha256 !== null) headers.set(DIGEST, file.sha256);
  await keep(cache, urlOf(id, file.name), new Response(file.bytes as Uint8Array<ArrayBuffer>, { headers }));
}

export async function keepManifest(cache: CacheLike, manifest: Manifest): Promise<void> {
  await keep(cache, urlOf(manifest.id, MANIFEST_NAME), new Response(writeManifest(manifest)));
}

async function keep(cache: CacheLike, url: string, response: Response): Promise<void> {
  await cache.put(url, response).catch(() => undefined);
}

/** What was forgotten last, to be brought back as long as this worker lives. Its room in the store is free at once. */
export interface Forgotten {
  readonly id: DatasetId;
  readonly files: readonly { readonly url: string; readonly blob: Blob; readonly headers: Headers }[];
}

/** Takes a set out of the store. */
export async function takeOut(cache: CacheLike, id: DatasetId): Promise<Forgotten> {
  const files = [];
  for (const { url } of await cache.keys()) {
    if (!url.startsWith(urlOf(id, ''))) continue;
    const response = await cache.match(url);
    if (response) files.push({ url, blob: await response.blob(), headers: response.headers });
    await cache.delete(url);
  }
  return { id, files };
}

/** Puts it back. @throws DataError where the browser does not take it any more; nothing of it is then kept. */
export async function putBack(cache: CacheLike, { id, files }: Forgotten): Promise<void> {
  try {
    for (const { url, blob, headers } of files) await cache.put(url, new Response(blob, { headers }));
  } catch {
    await forget(cache, id);
    throw new DataError('not-brought-back', CATALOGUE[id].label);
  }
}

/** Lets go of what earlier versions put aside in the store. */
export async function clearAside(cache: CacheLike): Promise<void> {
  for (const { url } of await cache.keys()) if (url.startsWith(`${ROOT}forgotten/`)) await cache.delete(url);
}

/** Removes everything kept for a set, finished or not. */
export async function forget(cache: CacheLike, id: DatasetId): Promise<void> {
  for (const { url } of await cache.keys()) {
    if (url.startsWith(urlOf(id, ''))) await cache.delete(url);
  }
}
