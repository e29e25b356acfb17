/** What the search knows, and what of it a person means. Pure. */

export interface Found {
  /** What kind of thing it is, in a word. */
  readonly kind: string;
  readonly name: string;
  /** Other words that people have for it. */
  readonly also?: string;
  readonly open: () => void;
}

/** More than these nobody reads. */
const MOST = 8;

/** Letters as they are sought: without case and accents. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase();

/** Those in which every word that was typed begins a word; names before other words, earlier before later. */
export function find(all: readonly Found[], typed: string): readonly Found[] {
  const sought = wordsOf(typed).filter(Boolean);
  if (sought.length === 0) return all.slice(0, MOST);
  const ranked = all.flatMap((one) => {
    const name = wordsOf(one.name);
    const every = [...name, ...wordsOf(`${one.kind} ${one.also ?? ''}`)];
    if (!sought.every((part) => every.some((word) => word.startsWith(part)))) return [];
    const inName = sought.filter((part) => name.some((word) => word.startsWith(part))).length;
    return [{ one, rank: 2 * inName + (name[0]?.startsWith(sought[0]) ? 1 : 0) }];
  });
  return ranked
    .sort((a, b) => b.rank - a.rank)
    .slice(0, MOST)
    .map(({ one }) => one);
}

const wordsOf = (text: string): string[] => plain(text).split(/[^\p{L}\p{N}]+/u);
