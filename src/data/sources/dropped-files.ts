/**
 * Files that a person has: NIST's `gzip.zip`, the files of one split under their official names (packed or not), or
 * valid IDX files under any name, told apart by what is in them.
 */
import { DATASET_IDS, DATASETS, PREFERRED, type DatasetId } from '../../experiment/datasets.ts';
import type { Answers, Guess } from '../answers.ts';
import { completeSet, digested, mapRoles, type FileBytes, type FilesOfSet } from '../build.ts';
import { CATALOGUE, FILE_ROLES, type FileRole } from '../catalogue.ts';
import type { Said } from '../../messages/worded.ts';
import { DataError, remark } from '../errors.ts';
import { unpack, unpackStart } from '../gzip.ts';
import { looksLikeIdx, readHeader, type IdxHeader } from '../idx.ts';
import { ofTheirFamily, setIn, splitIn, stemOf } from './names.ts';
import { readZip, type BlobLike } from '../zip.ts';

/** The part of `File` that is used. */
export interface NamedBlob extends BlobLike {
  readonly name: string;
}

interface Candidate {
  readonly name: string;
  readonly read: (signal?: AbortSignal) => Promise<Uint8Array>;
  /** Its first bytes, as many as `length` at most. */
  readonly start: (length: number) => Promise<Uint8Array>;
}

export interface DroppedSet {
  readonly id: DatasetId;
  readonly files: FilesOfSet;
  /** What was found out where names do not say it. */
  readonly remarks: readonly Said[];
  /** What was guessed; null where official names say all. */
  readonly guessed: readonly Guess[] | null;
}

export interface DroppedOptions {
  /** The set to take when the files hold several (NIST's archive holds six). */
  readonly prefer?: DatasetId | undefined;
  /** Someone who can be asked: what is open is then guessed, or as they answered. Without them it is refused. */
  readonly answers?: Answers | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** First the set that is wanted most. */
const ORDER: readonly DatasetId[] = [PREFERRED, ...DATASET_IDS.filter((id) => id !== PREFERRED)];

/** Some archives that Windows made part folders by its own sign. */
const baseName = (path: string): string =>
  path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/** The role and set that a name stands for. "(1)" and the like, which browsers add to downloads, do not count. */
function officialPlace(name: string): { id: DatasetId; role: FileRole } | null {
  const plain = name
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/ ?\(\d+\)$/, '');
  for (const id of DATASET_IDS) {
    const file = CATALOGUE[id].files.find((official) => official.name === `${plain}.gz`);
    if (file) return { id, role: file.role };
  }
  return null;
}

/** All the single files there are, those inside archives included. Nothing but lists of contents is read. */
async function candidatesOf(files: readonly NamedBlob[]): Promise<Candidate[]> {
  const lists = files.map(async (file): Promise<Candidate[]> => {
    if (!file.name.toLowerCase().endsWith('.zip')) {
      const start = async (length: number) => {
        const bytes = file.slice(0, Math.min(file.size, length)).arrayBuffer();
        return new Uint8Array(
          await bytes.catch((error: unknown) => {
            throw new DataError('unreadable', file.name).because(error);
          }),
        );
      };
      return [{ name: file.name, read: () => start(file.size), start }];
    }
    const entries = await readZip(file, file.name);
    return (
      entries
        // What macOS keeps beside each file, of the same name.
        .filter(({ path }) => !/(^|[/\\])__MACOSX[/\\]/.test(path))
        .map(({ path, read, start }) => ({ name: baseName(path), read, start }))
    );
  });
  return (await Promise.all(lists)).flat();
}

/** Sets that are complete by their files' official names, in the order of preference. */
function officialSets(
  candidates: readonly Candidate[],
): Map<DatasetId, Partial<Record<FileRole, Candidate>>> {
  const sets = new Map<DatasetId, Partial<Record<FileRole, Candidate>>>();
  for (const candidate of candidates) {
    const place = officialPlace(candidate.name);
    if (!place) continue;
    const set = sets.get(place.id) ?? {};
    set[place.role] ??= candidate;
    sets.set(place.id, set);
  }
  return sets;
}

/** The four files of one set, and which set that is. Refuses (`DataError`) anything else, saying what is missing. */
export async function readDropped(
  files: readonly NamedBlob[],
  { prefer, answers, signal }: DroppedOptions = {},
): Promise<DroppedSet> {
  const candidates = await candidatesOf(files);
  const sets = officialSets(candidates);
  const order = prefer ? [prefer] : ORDER;
  const isComplete = (id: DatasetId) => FILE_ROLES.every((role) => sets.get(id)?.[role]);
  const id = order.find(isComplete) ?? order.find((wanted) => sets.has(wanted));
  if (id) {
    const found: Partial<Record<FileRole, FileBytes>> = {};
    const named = completeNames(id, sets.get(id) ?? {});
    const whole = answers?.trainFiles ? asSaid(named, answers.trainFiles) : named;
    for (const role of FILE_ROLES) {
      signal?.throwIfAborted();
      found[role] = await digested(whole[role].name, await whole[role].read(signal));
    }
    return { id, files: completeSet(id, found, 'dropped'), remarks: [], guessed: null };
  }
  // Names that speak of another set than the one asked for are not overruled.
  if (prefer && sets.size > 0) throw nothingFound(files, candidates, prefer);
  return byContent(candidates, prefer, answers, () => nothingFound(files, candidates, prefer), signal);
}

function completeNames(
  id: DatasetId,
  members: Partial<Record<FileRole, Candidate>>,
): { readonly [Role in FileRole]: Candidate } {
  // Before anything is read: a missing file should not cost the reading of 173 MB.
  const named = Object.fromEntries(
    Object.entries(members).map(([role, { name }]) => [
      role,
      { name, bytes: new Uint8Array(), sha256: null },
    ]),
  );
  completeSet(id, named, 'dropped');
  return members as Record<FileRole, Candidate>;
}

/** Official files, too, train and test as someone says. */
function asSaid(
  named: { readonly [Role in FileRole]: Candidate },
  said: readonly string[],
): { readonly [Role in FileRole]: Candidate } {
  const names = FILE_ROLES.map((role) => named[role].name);
  const of = (kind: 'images' | 'labels') =>
    saidSplit([named[`train-${kind}`], named[`test-${kind}`]], ({ name }) => name, said, names);
  return rolesOf(of('images'), of('labels'));
}

function nothingFound(
  files: readonly NamedBlob[],
  candidates: readonly Candidate[],
  prefer: DatasetId | undefined,
): DataError {
  const found = candidates.length === 0 ? files : candidates.slice(0, 6);
  return new DataError(
    'other-files',
    prefer ? CATALOGUE[prefer].label : null,
    found.map(({ name }) => name),
    CATALOGUE[prefer ?? PREFERRED].files.map(({ name }) => name),
  );
}

interface Read {
  readonly file: FileBytes;
  readonly header: IdxHeader;
  readonly unpacked: Uint8Array;
}

/** Enough of a packed file for its IDX header. */
const START = 4096;

/** Four IDX files under names of their own, among whatever else there is. */
async function byContent(
  candidates: readonly Candidate[],
  prefer: DatasetId | undefined,
  answers: Answers | undefined,
  otherwise: () => DataError,
  signal?: AbortSignal,
): Promise<DroppedSet> {
  const starts = await Promise.all(
    candidates.map(async (candidate) => ({ candidate, start: unpackStart(await candidate.start(START)) })),
  );
  const idx = starts.filter(({ start }) => looksLikeIdx(start)).map(({ candidate }) => candidate);
  if (idx.length !== FILE_ROLES.length) throw otherwise();
  const read: Read[] = [];
  for (const { name, read: readBytes } of idx) {
    const bytes = await readBytes(signal);
    const unpacked = await unpack(bytes, { file: name, signal });
    read.push({ file: await digested(name, bytes), header: readHeader(unpacked, name), unpacked });
  }
  const ofKind = (kind: 'images' | 'labels') => {
    const found = read.filter(({ header }) => header.kind === kind);
    if (found.length !== 2) throw new DataError('wrong-pairs', found.length, kind);
    return found as [Read, Read];
  };
  const named = setIn(read.map(({ file }) => file.name));
  // Names that speak of another set than the one asked for are not overruled.
  if (prefer && named && named !== prefer) throw otherwise();
  const found: Found = { remarks: [], guessed: [] };
  const { images, labels } = splitsOf(ofKind('images'), ofKind('labels'), found, answers);
  return {
    id: answers?.set ?? prefer ?? setOf(images, labels, found),
    files: mapRoles((role) => rolesOf(images, labels)[role].file),
    ...found,
  };
}

/** What is to be said, and to be asked. */
interface Found {
  readonly remarks: Said[];
  readonly guessed: Guess[];
}

interface Split<One = Read> {
  readonly train: One;
  readonly test: One;
}

const rolesOf = <One>(images: Split<One>, labels: Split<One>): { readonly [Role in FileRole]: One } => ({
  'train-images': images.train,
  'train-labels': labels.train,
  'test-images': images.test,
  'test-labels': labels.test,
});

/** Which of two is which by their names, or null where those do not say. */
function namedSplit([a, b]: readonly [Read, Read]): Split | null {
  const [first, second] = [splitIn(a.file.name), splitIn(b.file.name)];
  if (first === second) return null;
  const aTrains = first === 'train' || second === 'test';
  return aTrains ? { train: a, test: b } : { train: b, test: a };
}

/** The partner of a split whose names speak: by its count, where that decides, else by the rest of its name. */
function partnersOf({ train, test }: Split, [a, b]: readonly [Read, Read]): Split | null {
  if (train.header.count !== test.header.count) {
    return a.header.count === train.header.count ? { train: a, test: b } : { train: b, test: a };
  }
  const [own, other] = [stemOf(train.file.name), stemOf(test.file.name)];
  const stem = stemOf(a.file.name);
  if (own === other || ![own, other].includes(stem) || stem === stemOf(b.file.name)) return null;
  return stem === own ? { train: a, test: b } : { train: b, test: a };
}

/** As someone says by names. Refuses (`DataError`) names that do not pick one of the two. */
function saidSplit<One>(
  [a, b]: readonly [One, One],
  nameOf: (one: One) => string,
  said: readonly string[],
  names: readonly string[],
): Split<One> {
  const [first, second] = [a, b].map((one) => said.includes(nameOf(one)));
  if (said.length !== 2 || first === second) throw new DataError('train-files', said, names);
  return first ? { train: a, test: b } : { train: b, test: a };
}

const exchanged = ({ train, test }: Split): Split => ({ train: test, test: train });

/** Names decide where they speak; where they are silent, counts do, and it is said; else whoever can be asked. */
function splitsOf(
  images: readonly [Read, Read],
  labels: readonly [Read, Read],
  { remarks, guessed }: Found,
  answers: Answers | undefined,
): { readonly images: Split; readonly labels: Split } {
  const names = [...images, ...labels].map(({ file }) => file.name);
  if (answers?.trainFiles) {
    const said = (pair: readonly [Read, Read]) =>
      saidSplit(pair, ({ file }) => file.name, answers.trainFiles!, names);
    return { images: said(images), labels: said(labels) };
  }
  const [named, namedLabels] = [namedSplit(images), namedSplit(labels)];
  let pictures = named ?? (namedLabels && partnersOf(namedLabels, images));
  if (!pictures) {
    const [a, b] = images;
    const equal = a.header.count === b.header.count;
    if (equal && !answers) throw new DataError('splits-open', names);
    pictures = a.header.count >= b.header.count ? { train: a, test: b } : { train: b, test: a };
    guessed.push('roles');
    if (!equal) remarks.push(remark('larger-trains', pictures.train.file.name, pictures.test.file.name));
  }
  let own = namedLabels ?? partnersOf(pictures, labels);
  if (!own) {
    if (!answers) throw new DataError('splits-open', names);
    guessed.push('pairs');
    own = { train: labels[0], test: labels[1] };
    if (answers.exchange) own = exchanged(own);
  }
  return answers?.swap
    ? { images: exchanged(pictures), labels: exchanged(own) }
    : { images: pictures, labels: own };
}

/** The set that names or counts speak of, if the labels fit it; else the first that they fit, which is said. */
function setOf(images: Split, labels: Split, { remarks, guessed }: Found): DatasetId {
  let [lowest, highest] = [255, 0];
  for (const { unpacked } of [labels.train, labels.test]) {
    for (const label of unpacked.subarray(8)) {
      if (label < lowest) lowest = label;
      if (label > highest) highest = label;
    }
  }
  const fits = (id: DatasetId) => {
    const { firstLabel } = CATALOGUE[id];
    return lowest >= firstLabel && highest < firstLabel + DATASETS[id].shape.classes;
  };
  const names = [images, labels].flatMap(({ train, test }) => [train.file.name, test.file.name]);
  const named = setIn(names);
  if (named && fits(named)) return named;
  const fitting = DATASET_IDS.filter(fits).sort(
    (a, b) => DATASETS[a].shape.classes - DATASETS[b].shape.classes,
  );
  const related = ofTheirFamily(names);
  const counted = fitting.filter(
    (id) =>
      DATASETS[id].shape.trainCount === images.train.header.count &&
      DATASETS[id].shape.testCount === images.test.header.count,
  );
  const match = counted.find(related) ?? counted[0];
  if (match) return match;
  // A set of no family is not meant where names speak of one.
  const guess = fitting.find((id) => (DATASETS[id].named.family === null ? related(id) : true));
  if (!guess) throw new DataError('labels-too-high', highest);
  guessed.push('set');
  remarks.push(remark('set-by-labels', CATALOGUE[guess].label, lowest, highest));
  return guess;
}
