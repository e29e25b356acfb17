/**
 * IDX, the format of MNIST and EMNIST: a big-endian header, then bytes.
 *
 *   images: 2051, count, rows, columns, then count × rows × columns bytes
 *   labels: 2049, count, then count bytes
 *
 * (Format: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".) Every refusal names the
 * file, what was found and what was expected.
 */
import { SIDE } from './catalogue.ts';
import { DataError } from './errors.ts';
import { orient, type Orientation } from './orientation.ts';

export const IMAGES_MAGIC = 2051;
export const LABELS_MAGIC = 2049;
const MAGIC = { images: IMAGES_MAGIC, labels: LABELS_MAGIC } as const;

export type IdxHeader =
  | { readonly kind: 'images'; readonly count: number; readonly rows: number; readonly columns: number }
  | { readonly kind: 'labels'; readonly count: number };

/** Bytes before the first image or label. */
const headerBytes = (kind: 'images' | 'labels'): number => (kind === 'images' ? 16 : 8);

/** Whether these bytes begin a web page: what many hosts send, with status 200, instead of a missing file. */
export function looksLikeHtml(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
  return /^<(!doctype|html|head|body|\?xml|!--)/.test(start);
}

/** Whether these bytes begin an IDX file of unsigned bytes, unpacked. */
export const looksLikeIdx = (bytes: Uint8Array): boolean =>
  bytes.length >= 4 &&
  bytes[0] === 0 &&
  bytes[1] === 0 &&
  bytes[2] === 8 &&
  (bytes[3] === 1 || bytes[3] === 3);

/** Refuses what cannot be an IDX file, unpacked or not, by its first bytes. */
export function refuseEmptyOrHtml(bytes: Uint8Array, file: string): void {
  if (bytes.length === 0) {
    throw new DataError('empty-file', file);
  }
  if (looksLikeHtml(bytes)) {
    throw new DataError('html', file);
  }
}

/** Reads the header. Needs only the file's first 16 bytes (8 for labels). */
export function readHeader(bytes: Uint8Array, file: string): IdxHeader {
  refuseEmptyOrHtml(bytes, file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = bytes.length >= 4 ? view.getUint32(0) : NaN;
  if (bytes.length >= 4 && magic !== IMAGES_MAGIC && magic !== LABELS_MAGIC) {
    throw new DataError('not-idx', file, magic, IMAGES_MAGIC, LABELS_MAGIC);
  }
  const kind = magic === LABELS_MAGIC ? 'labels' : 'images';
  if (bytes.length < headerBytes(kind)) {
    throw new DataError('short-header', file, bytes.length, headerBytes(kind));
  }
  const count = view.getUint32(4);
  if (kind === 'labels') return { kind, count };
  return { kind, count, rows: view.getUint32(8), columns: view.getUint32(12) };
}

/** Bytes of the whole unpacked file that a header announces. */
export const announcedBytes = (header: IdxHeader): number =>
  header.kind === 'images' ? 16 + header.count * header.rows * header.columns : 8 + header.count;

/**
 * Never more than this is taken into memory: the largest official images are 547 MB (EMNIST ByClass), and nobody
 * labels ten million.
 */
const LIMITS = { images: 600_000_016, labels: 10_000_008 } as const;

/** Refuses, by its header alone, a file that asks for more memory than any data set here needs. */
export function refuseTooMany(header: IdxHeader, file: string): void {
  const { kind } = header;
  if (announcedBytes(header) > LIMITS[kind]) {
    throw new DataError('announces-too-much', file, kind, announcedBytes(header), LIMITS[kind]);
  }
}

function body(bytes: Uint8Array, kind: 'images' | 'labels', file: string): Uint8Array {
  const header = readHeader(bytes, file);
  if (header.kind !== kind) {
    throw new DataError('wrong-kind', file, header.kind, MAGIC[header.kind], kind, MAGIC[kind]);
  }
  if (header.kind === 'images' && (header.rows !== SIDE || header.columns !== SIDE)) {
    throw new DataError('image-size', file, header.rows, header.columns, SIDE);
  }
  if (header.count === 0) {
    throw new DataError('no-entries', file, kind);
  }
  const expected = announcedBytes(header);
  if (bytes.length < expected) {
    throw new DataError('truncated', file, header.count, kind, expected, bytes.length);
  }
  if (bytes.length > expected) {
    throw new DataError('trailing-bytes', file, header.count, kind, expected);
  }
  return bytes.subarray(headerBytes(kind));
}

export interface ImageOptions {
  /** How stored images become upright, or how to tell once they are there. */
  readonly orientation: Orientation | ((stored: Uint8Array) => Orientation);
  /** Turn the images where they lie and return a view of `bytes`, instead of a copy: ByClass alone is 547 MB. */
  readonly inPlace?: boolean;
}

/** The images of an unpacked IDX file, upright, as bytes [count, 784]. */
export function decodeImages(
  bytes: Uint8Array,
  file: string,
  { orientation, inPlace = false }: ImageOptions,
): Uint8Array {
  const stored = body(bytes, 'images', file);
  const images = inPlace ? stored : stored.slice();
  orient(images, SIDE, typeof orientation === 'function' ? orientation(images) : orientation);
  return images;
}

/** The labels of an unpacked IDX file, counted from 0, all below `classes`. */
export function decodeLabels(
  bytes: Uint8Array,
  file: string,
  { firstLabel, classes }: { readonly firstLabel: number; readonly classes: number },
): Uint8Array {
  const labels = body(bytes, 'labels', file).slice();
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] - firstLabel;
    if (label < 0 || label >= classes) {
      throw new DataError('label-range', file, labels[i], i, firstLabel, firstLabel + classes - 1);
    }
    labels[i] = label;
  }
  return labels;
}

/** Refuses images and labels that cannot belong together. */
export function checkCounts(images: number, imagesFile: string, labels: number, labelsFile: string): void {
  if (images === labels) return;
  throw new DataError('counts-disagree', imagesFile, images, labelsFile, labels);
}

/** Refuses training labels that are all the same: there would be nothing to tell apart. */
export function checkClasses(labels: Uint8Array, file: string): void {
  if (labels.some((label) => label !== labels[0])) return;
  throw new DataError('one-class', file, labels.length);
}
