/** Made-up sets of files, small enough to make in a test. */
import { DATASETS, type DatasetId } from '../experiment/datasets.ts';
import { CATALOGUE, PIXELS, type FileRole } from './catalogue.ts';
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
