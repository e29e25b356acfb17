/** Made-up data, small enough to make in a test: files as they are handed out, and sets as they are trained on. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { DATASETS, type DatasetId } from '../experiment/datasets.ts';
import { Random } from '../network/random.ts';
import { CATALOGUE, PIXELS, type FileRole } from './catalogue.ts';
import type { Dataset, SplitData } from './dataset.ts';
import type { CacheLike } from './sources/browser-cache.ts';

const bigEndian = (...values: number[]): Uint8Array => {
  const bytes = new Uint8Array(values.length * 4);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setUint32(i * 4, value));
  return bytes;
};

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
};

/** An IDX file of images with these pixels as stored. */
export const idxImages = (pixels: Uint8Array, count: number, rows = 28, columns = 28): Uint8Array =>
  joined(bigEndian(2051, count, rows, columns), pixels);

/** An IDX file of these labels as stored. */
export const idxLabels = (labels: readonly number[], count = labels.length): Uint8Array =>
  joined(bigEndian(2049, count), Uint8Array.from(labels));

export async function gzipped(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>])
    .stream()
    .pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The unpacked file of a role: image n has label n mod classes; pixels from a fixed linear congruence. */
export function madeUpFile(id: DatasetId, role: FileRole, count: number): Uint8Array {
  if (role.endsWith('labels')) {
    const { firstLabel } = CATALOGUE[id];
    return idxLabels(Array.from({ length: count }, (_, n) => firstLabel + (n % DATASETS[id].shape.classes)));
  }
  let state = role.length;
  const pixels = Uint8Array.from({ length: count * PIXELS }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return idxImages(pixels, count);
}

/** Four packed files under their official names. */
export async function madeUpFiles(id: DatasetId, train = 120, test = 60): Promise<Map<string, Uint8Array>> {
  const files = CATALOGUE[id].files.map(async ({ role, name }) => {
    const raw = madeUpFile(id, role, role.startsWith('train') ? train : test);
    return [name, await gzipped(raw)] as const;
  });
  return new Map(await Promise.all(files));
}

/** Cache Storage in memory. */
export function memoryCache(): CacheLike & { readonly entries: Map<string, Response> } {
  const entries = new Map<string, Response>();
  return {
    entries,
    match: async (url) => entries.get(url)?.clone(),
    put: async (url, response) => void entries.set(url, response),
    delete: async (url) => entries.delete(url),
    keys: async () => [...entries.keys()].map((url) => ({ url })),
  };
}

/**
 * Noisy prototypes, one per class: easy enough to learn in seconds, hard enough not to be perfect at once.
 *
 * @param made `rarest`: training images of the last class, the others have the more the earlier they are; without it all
 *   classes have as many.
 */
export function madeUpDataset({
  classes = 10,
  train = 1000,
  test = 200,
  side = 8,
  rarest,
}: {
  classes?: number;
  train?: number;
  test?: number;
  side?: number;
  rarest?: number;
} = {}): Dataset {
  const pixels = side * side;
  const random = Random.for(1, 'made-up');
  const prototypes = Array.from({ length: classes * pixels }, () => (random.uniform() < 0.3 ? 200 : 20));
  const split = (
    count: number,
    labels = Uint8Array.from({ length: count }, (_, n) => n % classes),
  ): SplitData => {
    const images = Uint8Array.from({ length: count * pixels }, (_, i) => {
      const value = prototypes[labels[Math.floor(i / pixels)] * pixels + (i % pixels)] + 60 * random.normal();
      return Math.max(0, Math.min(255, Math.round(value)));
    });
    return { images, labels, count };
  };
  const trained = split(train, rarest === undefined ? undefined : unevenly(classes, train, rarest));
  const tested = split(test);
  return {
    id: 'mnist',
    name: 'Made up',
    classes,
    characters: Array.from({ length: classes }, (_, label) => String(label)),
    pixels,
    side,
    train: trained,
    test: tested,
    scale: 1 / 90,
    shift: -0.8,
    sample: true,
    digest: bytesToHex(
      sha256(concatBytes(...[trained, tested].flatMap(({ images, labels }) => [images, labels]))),
    ),
    provenance: { source: 'files', verified: 'unknown', bytes: 0 },
    remarks: [],
  };
}

/** Classes of `count` images in a mixed order: `rarest` of the last one, and evenly more of each before it. */
function unevenly(classes: number, count: number, rarest: number): Uint8Array<ArrayBuffer> {
  const step = (count / classes - rarest) / ((classes - 1) / 2);
  const sorted = new Uint8Array(count);
  let from = 0;
  for (let label = classes - 1; label > 0; label--)
    sorted.fill(label, from, (from += Math.round(rarest + step * (classes - 1 - label))));
  const order = Random.for(1, 'uneven').permutation(count);
  return sorted.map((_, n) => sorted[order[n]]);
}
