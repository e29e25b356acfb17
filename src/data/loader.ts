/** Where a data set can come from, and getting it from there: beside the app, else the cache, else a mirror. */
import type { Answers } from './answers.ts';
import { DATASET_IDS, type DatasetId } from '../experiment/datasets.ts';
import { buildDataset, manifestOf, type BuildOptions, type FilesOfSet } from './build.ts';
import { CATALOGUE } from './catalogue.ts';
import type { Dataset, Provenance, Verified } from './dataset.ts';
import { DataError } from './errors.ts';
import { manifestBytes, type Manifest } from './manifest.ts';
import { fetchBesideApp, manifestBesideApp, setsBesideApp } from './sources/beside-app.ts';
import {
  cachedBytes,
  cachedFile,
  cachedFiles,
  cachedManifest,
  forget,
  putBack,
  takeOut,
  type Forgotten,
  keepFile,
  keepManifest,
  type CacheLike,
} from './sources/browser-cache.ts';
import { readDropped, type NamedBlob } from './sources/dropped-files.ts';
import { fetchFromMirror } from './sources/mirror.ts';

export interface LoadProgress {
  /** 'download': bytes on their way, 'unpack': bytes unpacked. Both of the whole set. */
  readonly phase: 'download' | 'unpack';
  readonly file: string | null;
  readonly loaded: number;
  readonly total: number | null;
}

export interface DatasetAvailability {
  readonly id: DatasetId;
  /** Bytes of the files, wherever they are; of the official ones if they have to be fetched. */
  readonly bytes: number;
  readonly where: 'beside-app' | 'cache' | 'mirror' | 'nowhere';
  /** What the browser keeps of it, finished or not; null if nothing. */
  readonly cachedBytes: number | null;
  readonly sample: boolean;
  /** Null until there are files. */
  readonly verified: Verified | null;
}

/** What a loader works with; a test brings its own. */
export interface DataEnvironment {
  /** The page's own address. */
  readonly base: string;
  /** Address of a mirror, before the repository's name; Hugging Face by default. */
  readonly mirror?: string | undefined;
  readonly cache: CacheLike | null;
  readonly fetch?: typeof fetch;
  /** Give up when a host sends nothing for this long, in ms; 30 s by default. */
  readonly stallMs?: number;
}

export interface LoadOptions extends DataEnvironment {
  /** Whether to fetch from the mirror what is neither beside the app nor in the cache. */
  readonly download: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
}

type Watch = Pick<LoadOptions, 'signal' | 'onProgress'>;

const common = ({ base, fetch: fetcher, stallMs, signal, onProgress }: DataEnvironment & Watch) => ({
  base,
  fetch: fetcher ?? ((...request: Parameters<typeof fetch>) => fetch(...request)),
  stallMs: stallMs ?? 30_000,
  signal,
  onProgress: (file: string, loaded: number, total: number) =>
    onProgress?.({ phase: 'download', file, loaded, total }),
});

const build = (
  id: DatasetId,
  files: FilesOfSet,
  source: Provenance['source'],
  { signal, onProgress }: Watch,
  manifest?: Manifest,
  more?: Pick<BuildOptions, 'remarks' | 'guessed' | 'orientation'>,
): Promise<Dataset> =>
  buildDataset(id, files, {
    source,
    manifest,
    ...more,
    signal,
    onProgress: (file, loaded, total) => onProgress?.({ phase: 'unpack', file, loaded, total }),
  });

/** Every set, and where it would come from now. Asks only the app's own host and the cache. */
export async function listAvailability(environment: DataEnvironment): Promise<DatasetAvailability[]> {
  const { cache } = environment;
  const options = common(environment);
  const [prepared, kept] = await Promise.all([
    setsBesideApp(options),
    cache ? cachedBytes(cache) : new Map<DatasetId, number>(),
  ]);
  return Promise.all(
    DATASET_IDS.map(async (id): Promise<DatasetAvailability> => {
      const { bytes, mirror } = CATALOGUE[id];
      const beside = prepared.includes(id) ? await manifestBesideApp(id, options) : null;
      const manifest = beside ?? (cache && (await cachedManifest(cache, id)));
      const elsewhere = mirror === null ? 'nowhere' : 'mirror';
      return {
        id,
        bytes: manifest ? manifestBytes(manifest) : bytes,
        where: beside ? 'beside-app' : manifest ? 'cache' : elsewhere,
        cachedBytes: kept.get(id) ?? null,
        sample: manifest?.sample ?? false,
        verified: manifest?.verified ?? null,
      };
    }),
  );
}

/** Loads a set from the nearest place. Throws `DataError`, or the signal's reason when it is aborted. */
export async function loadDataset(id: DatasetId, options: LoadOptions): Promise<Dataset> {
  const { cache, signal } = options;
  signal?.throwIfAborted();
  const beside = (await setsBesideApp(common(options))).includes(id)
    ? await manifestBesideApp(id, common(options))
    : null;
  let spoilt: DataError | null = null;
  if (beside) {
    try {
      const files = await fetchBesideApp(beside, common(options));
      return await build(id, files, 'beside-app', options, beside);
    } catch (error) {
      // A spoilt copy must not stand before a good one.
      if (!(error instanceof DataError)) throw error;
      spoilt = error;
    }
  }
  if (cache && (await cachedManifest(cache, id))) {
    const dataset = await loadCached(id, cache, options);
    if (dataset) return dataset;
  }
  if (!options.download) throw spoilt ?? notHere(id);
  return loadFromMirror(id, options);
}

/** From the cache, or null if what was kept is no longer whole (browsers may drop entries). */
async function loadCached(id: DatasetId, cache: CacheLike, options: Watch): Promise<Dataset | null> {
  try {
    return await build(id, await cachedFiles(cache, id), 'cache', options);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    await forget(cache, id);
    return null;
  }
}

async function loadFromMirror(id: DatasetId, options: LoadOptions): Promise<Dataset> {
  const { cache } = options;
  const files = await fetchFromMirror(id, {
    ...common(options),
    mirror: options.mirror,
    store: {
      find: async (name) => cache && cachedFile(cache, id, name),
      keep: async (file) => {
        if (cache) await keepFile(cache, id, file);
      },
    },
  });
  try {
    const dataset = await build(id, files, 'mirror', options);
    if (cache) await keepManifest(cache, manifestOf(dataset, files));
    return dataset;
  } catch (error) {
    // Bad files must not be found again at the next try.
    if (cache && error instanceof DataError) await forget(cache, id);
    throw error;
  }
}

function notHere(id: DatasetId): DataError {
  const { label, mirror } = CATALOGUE[id];
  return new DataError('not-at-hand', label, mirror !== null);
}

/**
 * Loads the set that these files hold. What they leave open is guessed, and told in `understood`, or is as answered.
 * Those whose names say all are kept as fetched ones are, unless the set is kept already. Throws `DataError`, or the signal's reason when it is aborted.
 */
export async function loadDroppedFiles(
  files: readonly NamedBlob[],
  {
    answers = {},
    cache = null,
    ...options
  }: Watch & Partial<Pick<DataEnvironment, 'cache'>> & { readonly answers?: Answers | undefined } = {},
): Promise<Dataset> {
  const { id, files: found, ...understood } = await readDropped(files, { answers, signal: options.signal });
  const dataset = await build(id, found, 'files', options, undefined, {
    ...understood,
    orientation: answers.orientation,
  });
  if (cache && understood.guessed === null && !(await cachedManifest(cache, id))) {
    for (const { role, name } of CATALOGUE[id].files) await keepFile(cache, id, { ...found[role], name });
    await keepManifest(cache, manifestOf(dataset, found));
  }
  return dataset;
}

/** What was forgotten last: until another set is, `rememberDataset` brings it back. */
let forgotten: Forgotten | null = null;

/** Removes what the browser keeps of a set, at once. */
export async function forgetDataset(id: DatasetId, { cache }: Pick<DataEnvironment, 'cache'>): Promise<void> {
  if (cache) forgotten = await takeOut(cache, id);
}

/**
 * Brings back the set that was forgotten last, if it is that one.
 * @throws DataError where the browser has no room for it any more. It can be tried again.
 */
export async function rememberDataset(
  id: DatasetId,
  { cache }: Pick<DataEnvironment, 'cache'>,
): Promise<void> {
  if (!cache || forgotten?.id !== id) return;
  await putBack(cache, forgotten);
  forgotten = null;
}
