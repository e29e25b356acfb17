/** What the page fetches only when it is wanted. */
import { shellText as text } from '../text/shell.ts';

/** A part of the page did not come. The message is a sentence for people; `cause` is what the browser said. */
export class PartNotFetchedError extends Error {
  override name = 'PartNotFetchedError';
  constructor(cause: unknown) {
    super(text.notFetched, { cause });
  }
}

/** The part that `load` imports. @throws {PartNotFetchedError} */
export async function fetchPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    throw new PartNotFetchedError(error);
  }
}
