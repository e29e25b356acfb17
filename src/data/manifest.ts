/** The note that lies beside a data set's four files: what they are, so that a list needs no look inside them. */
import { DATASET_IDS, type DatasetId } from '../experiment/datasets.ts';
import { FILE_ROLES, type FileRole } from './catalogue.ts';
import type { Verified } from './dataset.ts';

export interface ManifestFile {
  readonly role: FileRole;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string | null;
}

export interface Manifest {
  readonly version: 1;
  readonly id: DatasetId;
  readonly counts: { readonly train: number; readonly test: number };
  readonly sample: boolean;
  readonly verified: Verified;
  readonly files: readonly ManifestFile[];
}

/** `index.json` in a data set's folder holds its manifest; the one above lists the folders. */
export const MANIFEST_NAME = 'index.json';

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
// A name, never a path: it is put behind an address.
const isName = (value: unknown): value is string => typeof value === 'string' && /^[\w.-]+$/.test(value);

function isFile(value: unknown): value is ManifestFile {
  const file = value as Partial<ManifestFile> | null;
  return (
    typeof file === 'object' &&
    file !== null &&
    FILE_ROLES.includes(file.role as FileRole) &&
    isName(file.name) &&
    isCount(file.bytes) &&
    (file.sha256 === null || typeof file.sha256 === 'string')
  );
}

/** The manifest in this text, or null if it is something else (a web page that stands for "not found", say). */
export function readManifest(text: string): Manifest | null {
  let value: Partial<Manifest> | null;
  try {
    value = JSON.parse(text) as Partial<Manifest> | null;
  } catch {
    return null;
  }
  const ok =
    typeof value === 'object' &&
    value !== null &&
    value.version === 1 &&
    DATASET_IDS.includes(value.id as DatasetId) &&
    isCount(value.counts?.train) &&
    isCount(value.counts.test) &&
    typeof value.sample === 'boolean' &&
    ['official', 'differs', 'unknown'].includes(value.verified as string) &&
    Array.isArray(value.files) &&
    value.files.every(isFile) &&
    FILE_ROLES.every((role) => value.files?.filter((file) => file.role === role).length === 1);
  return ok ? (value as Manifest) : null;
}

export const writeManifest = (manifest: Manifest): string => `${JSON.stringify(manifest, null, 2)}\n`;

export const manifestBytes = (manifest: Manifest): number =>
  manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);

/** The list of prepared sets, in the folder above theirs: `{ "sets": ["mnist", …] }`. Unknown names are left out. */
export function readSetList(text: string): DatasetId[] {
  try {
    const { sets } = JSON.parse(text) as { sets?: unknown };
    return Array.isArray(sets) ? DATASET_IDS.filter((id) => sets.includes(id)) : [];
  } catch {
    return [];
  }
}

export const writeSetList = (sets: readonly DatasetId[]): string => `${JSON.stringify({ sets }, null, 2)}\n`;
