import { middle } from '../messages/middle.ts';
import { experimentText as text } from './words.ts';

/** Something an experiment asked for and did not get, or a page should say about it. */
export interface Notice {
  /** A sentence for a person: what was wrong, found, expected, and what is used instead. */
  readonly message: string;
  /** The setting's name in a link. */
  readonly key?: string;
  readonly found?: string;
  readonly expected?: string;
  /** Nothing was lost: the link is understood, and this only says what was undone to it. */
  readonly mended?: true;
}

const LONGEST_FOUND = 40;

/** A value or text as a sentence can quote it: short, on one line, nothing invisible. */
export function quote(value: unknown): string {
  const text = Array.isArray(value) ? value.slice(0, LONGEST_FOUND).map(word).join(',') : word(value);
  // Control, format (e.g. right-to-left override), line and paragraph separators, and halves of surrogate pairs.
  return middle(text, LONGEST_FOUND).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}

function word(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** `Batch: found “abc”, expected a whole number from 1 to 4096. Using 128 instead.` */
export function valueNotice(
  key: string,
  label: string,
  found: unknown,
  expected: string,
  used: string,
): Notice {
  const shown = quote(found);
  return {
    key,
    found: shown,
    expected,
    message: text.valueReplaced(label, shown, expected, used),
  };
}
