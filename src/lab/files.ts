/** Files that the lab writes: whole or not at all, tried before there is anything to lose, refused in a sentence. */
import { mkdir, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { labText as text } from './words.ts';

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error ? String(error.code) : null;

/** What kept a file from being written, in a sentence that names it. */
export function writeError(path: string, cause: unknown): Error {
  const code = codeOf(cause);
  const message =
    code === 'ENOSPC' || code === 'EDQUOT'
      ? text.noRoom(path)
      : code === 'ENOENT' || code === 'ENOTDIR'
        ? text.noFolder(path, dirname(path))
        : code === 'EISDIR'
          ? text.isFolder(path)
          : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
            ? text.notAllowed(path)
            : text.notWritten(path, cause instanceof Error ? cause.message : String(cause));
  return new Error(message, { cause });
}

/** Beside its place, and of this process alone. */
const draftOf = (path: string) => `${path}.${process.pid}.draft`;

/** Where a file really goes; null where it is no file that could be replaced (a pipe, a device). */
async function placeOf(path: string): Promise<string | null> {
  const found = await stat(path).catch(() => null);
  if (!found) return path;
  if (found.isDirectory()) throw new Error(text.isFolder(path));
  return found.isFile() ? realpath(path) : null;
}

/**
 * Whether a file can be written there, by writing beside it. Leaves nothing.
 * @throws Error with a sentence.
 */
export async function tryFile(path: string): Promise<void> {
  const place = await placeOf(path);
  if (place === null) return;
  const draft = draftOf(place);
  try {
    await (await open(draft, 'w')).close();
  } catch (error) {
    throw writeError(path, error);
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
}

/**
 * Makes a folder and tries to write into it.
 * @throws Error with a sentence.
 */
export async function tryFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    if (['EEXIST', 'ENOTDIR'].includes(codeOf(error) ?? ''))
      throw new Error(text.isFile(folder), { cause: error });
    throw writeError(folder, error);
  }
  await tryFile(join(folder, 'try'));
}

export type Write = typeof writeFile;

/**
 * Writes a file whole: what stood there stays until all is written, and no draft stays behind.
 * @throws Error with a sentence that names the file.
 */
export async function writeWhole(path: string, content: string, write: Write = writeFile): Promise<void> {
  const place = await placeOf(path);
  const draft = place === null ? path : draftOf(place);
  try {
    await write(draft, content);
    if (place !== null) await rename(draft, place);
  } catch (error) {
    if (place !== null) await rm(draft, { force: true }).catch(() => {});
    throw writeError(path, error);
  }
}
