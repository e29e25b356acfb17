/** What people take for a safetensors file, by its first bytes. */
import type { exportText } from '../words.ts';

type Format = keyof (typeof exportText)['otherFormat'];

/** A letter is a byte. */
const BEGINNINGS: readonly (readonly [string, Format])[] = [
  ['PK\x03\x04', 'zip'],
  ['\x80\x02', 'pickle'],
  ['\x80\x03', 'pickle'],
  ['\x80\x04', 'pickle'],
  ['\x89HDF\r\n', 'hdf5'],
  ['GGUF', 'gguf'],
  ['\x1f\x8b', 'gzip'],
  ['version https://git-lfs', 'lfs'],
];
const HTML = /^\s*<(!doctype|html)/i;
const JSON_TEXT = /^\s*[{[]\s*["{[\]}]/;

const LOOKED_AT = 64;

/**
 * What these bytes are instead; null where they may well be a safetensors file.
 * @param headerAt Where that would have its header.
 */
export function otherFormat(bytes: Uint8Array, headerAt: number): Format | null {
  // No length of a header within the limits begins as one of these but with another byte where the header does.
  if (bytes[headerAt] === '{'.charCodeAt(0) && bytes[headerAt - 1] === 0) return null;
  const start = String.fromCharCode(...bytes.subarray(0, LOOKED_AT));
  const found = BEGINNINGS.find(([beginning]) => start.startsWith(beginning));
  if (found) return found[1];
  return HTML.test(start) ? 'html' : JSON_TEXT.test(start) ? 'json' : null;
}
