/** A value that says whether a text is still what was written. Not against forgery: against accidents on the way. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Twelve hexadecimal digits: another text has the same value once in 2⁴⁸ times. */
export const checkOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text))).slice(0, 12);

/** Of a plain JSON value, however its keys are ordered and its lines are broken. */
export const checkOfJson = (value: unknown): string => checkOf(JSON.stringify(sorted(value)));

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, of]) => [key, sorted(of)]));
}
