import { expect, it } from 'vitest';
import { droppedIn, insideOf } from './folders.ts';

type Tree = { readonly [name: string]: Tree | null };

/** A folder as browsers hand it out: a part of its list at a time. */
function entryOf(name: string, tree: Tree | null): FileSystemEntry {
  const inside = Object.entries(tree ?? {}).map(([own, of]) => entryOf(own, of));
  return {
    name,
    isDirectory: tree !== null,
    file: (done: (file: File) => void) => done(new File([name], name)),
    createReader: () => ({
      readEntries: (done: (some: FileSystemEntry[]) => void) => done(inside.splice(0, 2)),
    }),
  } as unknown as FileSystemEntry;
}

const drop = (all: Tree) =>
  droppedIn({
    items: Object.entries(all).map(([name, tree]) => ({
      kind: 'file',
      webkitGetAsEntry: () => entryOf(name, tree),
    })) as unknown as DataTransferItemList,
    files: Object.keys(all).map((name) => new File([], name)) as unknown as FileList,
  });

const names = (files: readonly File[]) => files.map(({ name }) => name);

it('files in dropped folders are found, and what holds no data is passed over', async () => {
  const raw = {
    't10k-images-idx3-ubyte': null,
    't10k-images-idx3-ubyte.gz': null,
    'emnist-letters-mapping.txt': null,
    '.DS_Store': null,
    more: { 'b.idx': null, 'a.zip': null },
  };
  const { files, folders } = drop({ 'one.gz': null, raw });
  expect(names(files)).toEqual(['one.gz']);
  expect(names(await insideOf(folders))).toEqual([
    't10k-images-idx3-ubyte',
    't10k-images-idx3-ubyte.gz',
    'a.zip',
    'b.idx',
  ]);
});

it('a folder without data stays what it is, so that something is said of it', async () => {
  expect(names(await insideOf(drop({ photos: { 'a.jpg': null } }).folders))).toEqual(['photos']);
});
