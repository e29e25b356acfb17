/** Files that were dropped, with those that lie in dropped folders: torchvision's `raw`, an unpacked archive. */
import { mayHoldData } from '../../data/sources/names.ts';

/** Files of one drop: whoever drops a whole home is not kept waiting. */
const MOST = 500;

interface Dropped {
  readonly files: readonly File[];
  /** A folder comes as a file, too, which cannot be read. */
  readonly folders: readonly { readonly entry: FileSystemDirectoryEntry; readonly file: File }[];
}

/** What a drop holds; to be asked while its event lasts. */
export function droppedIn({ items, files }: Pick<DataTransfer, 'items' | 'files'>): Dropped {
  const entries = [...items].filter(({ kind }) => kind === 'file').map((item) => item.webkitGetAsEntry?.());
  return {
    files: [...files].filter((_, index) => !isFolder(entries[index])),
    folders: [...files].flatMap((file, index) => {
      const entry = entries[index];
      return isFolder(entry) ? [{ entry, file }] : [];
    }),
  };
}

const isFolder = (entry: FileSystemEntry | null | undefined): entry is FileSystemDirectoryEntry =>
  entry?.isDirectory === true;

/** The files in folders that may hold data. A folder without any stays as it came: whoever reads it says so. */
export async function insideOf(folders: Dropped['folders']): Promise<File[]> {
  const all: File[] = [];
  for (const { entry, file } of folders) {
    const found = await within(entry).catch(() => []);
    all.push(...(found.length > 0 ? found : [file]));
  }
  return all;
}

async function within(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const files: File[] = [];
  const open = [folder];
  for (let next = open.shift(); next && files.length < MOST; next = open.shift()) {
    const reader = next.createReader();
    for (;;) {
      // A part of the list at a time, until there is none.
      const entries = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      );
      if (entries.length === 0) break;
      for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        if (isFolder(entry)) open.push(entry);
        else if (mayHoldData(entry.name)) files.push(await fileOf(entry as FileSystemFileEntry));
      }
    }
  }
  return files.slice(0, MOST);
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));
