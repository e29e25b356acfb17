/** Strangers' texts in our sentences: names of files, keys of links, names that a recording gives. */
import type { Sentences } from './worded.ts';

/** Characters of a text that a sentence can bear. */
const MOST = 80;

/**
 * A text with its middle left out where it is longer than `most` characters: names begin alike and end differently. The
 * whole belongs into a title, where there is one.
 */
export function middle(text: string, most = MOST): string {
  if (text.length <= most || (text.length <= 2 * most && [...text].length <= most)) return text;
  // A character takes at most two code units; texts can be as long as a file.
  const end = Math.floor(most * 0.4);
  const first = [...text.slice(0, 2 * most)].slice(0, most - 1 - end);
  const last = [...text.slice(-2 * end)].slice(-end);
  return `${first.join('')}…${last.join('')}`;
}

/** The same sentences, which cut what they are told. */
export function cutting<S extends Sentences<S>>(sentences: S): S {
  const short = (fact: unknown): unknown =>
    typeof fact === 'string' ? middle(fact) : Array.isArray(fact) ? fact.map(short) : fact;
  return Object.fromEntries(
    Object.entries<(...facts: never[]) => string>(sentences).map(([name, say]) => [
      name,
      (...facts: unknown[]) => say(...(facts.map(short) as never[])),
    ]),
  ) as unknown as S;
}
