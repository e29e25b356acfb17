/**
 * Errors that know which sentence they are.
 *
 * A sentence is said where an error is made, in English; but a worker does not know the page's language. So the error
 * keeps the sentence's name and the facts in it, both cross a port (`rpc.ts`), and the page says it again.
 */

/** Sentences by name; each is told the facts it speaks of, which survive a structured clone. */
export type Sentences<S> = { readonly [Name in keyof S]: (...facts: never[]) => string };

/** Which sentence, and its facts. */
export interface Said {
  readonly sentence: string;
  readonly facts: readonly unknown[];
}

/** Says it with these words, or null where they lack it. */
export function say<S extends Sentences<S>>(words: S, { sentence, facts }: Said): string | null {
  if (!Object.hasOwn(words, sentence)) return null;
  return (words[sentence as keyof S] as unknown as (...given: readonly unknown[]) => string)(...facts);
}

/** An error whose message is one of the sentences `words`. */
export class WordedError<S extends Sentences<S>, Name extends keyof S & string> extends Error {
  readonly said: Said;

  constructor(words: S, name: Name, facts: Parameters<S[Name]>) {
    super(words[name](...facts));
    this.said = { sentence: name, facts };
  }
}
