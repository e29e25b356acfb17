/** The browser's own store of fetched files (Cache Storage), kept between visits until the person forgets them. */
import { DATASET_IDS, type DatasetId } from '../../experiment/datasets.ts';
import { CATALOGUE } from '../catalogue.ts';
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

/** What a person forgot stays here until something else is forgotten, or until the next visit. */
const ASIDE = `${ROOT}forgotten/`;

/** Forgets a set so that it can be brought back. What was put aside before is gone. */
export async function putAside(cache: CacheLike, id: DatasetId): Promise<void> {
  await clearAside(cache);
  await move(cache, urlOf(id, ''), ASIDE + urlOf(id, '').slice(ROOT.length));
}

/** Brings back the set that was put aside last, if it is that one. */
export async function bringBack(cache: CacheLike, id: DatasetId): Promise<void> {
  await move(cache, ASIDE + urlOf(id, '').slice(ROOT.length), urlOf(id, ''));
}

/** Lets go of what was put aside. */
export async function clearAside(cache: CacheLike): Promise<void> {
  for (const { url } of await cache.keys()) if (url.startsWith(ASIDE)) await cache.delete(url);
}

async function move(cache: CacheLike, from: string, to: string): Promise<void> {
  for (const { url } of await cache.keys()) {
    if (!url.startsWith(from)) continue;
    const response = await cache.match(url);
    if (response) await cache.put(to + url.slice(from.length), response);
    await cache.delete(url);
  }
}

/** Removes everything kept for a set, finished or not. */
export async function forget(cache: CacheLike, id: DatasetId): Promise<void> {
  for (const { url } of await cache.keys()) {
    if (url.startsWith(urlOf(id, ''))) await cache.delete(url);
  }
}
