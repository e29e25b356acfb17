/** A language nobody speaks: English with accents and 40% more of it, to see what layout and code take for granted. */
import type { Locale } from './locale.ts';

const ACCENTS: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'ï',
  o: 'ö',
  u: 'ü',
  c: 'ç',
  n: 'ñ',
  y: 'ý',
};

export const pseudo = (direction: Locale['direction']): Locale => ({
  tag: 'en-x-pseudo',
  direction,
  translate(english) {
    if (!/[a-z]/i.test(english)) return english;
    const accented = english.replace(/[aeioucny]/g, (letter) => ACCENTS[letter]);
    // Longer by words, as translations are, not by one word that cannot break.
    const more = Math.ceil(0.4 * english.length);
    const filler = 'ōné twö thréé föur fïvé '
      .repeat(Math.ceil(more / 23))
      .slice(0, more)
      .trim();
    return `${accented} ${filler}`;
  },
});
