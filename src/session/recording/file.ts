/** Recordings as files: one run, or the kept ones together. What is written here opens here. */
import * as v from 'valibot';
import { sessionText as words } from '../words.ts';
import { checkOfJson } from './check.ts';
import type { Recording } from './recording.ts';
import { MOST_POINTS, recordingOf } from './schema.ts';
import { clip, fewerPoints } from './thin.ts';

/** A run as it is kept: with a name and an id of its own. */
export interface NamedRun {
  readonly id: string;
  readonly name: string;
  /** Kept for good. */
  readonly pinned: boolean;
  readonly recording: Recording;
}

/** What is in a file. */
export type Opened =
  | { readonly kind: 'run'; readonly recording: Recording }
  /** `refused` has a sentence for each run that could not be read. */
  | { readonly kind: 'runs'; readonly runs: readonly NamedRun[]; readonly refused: readonly string[] };

/** UTF-16 units of a file's text. A larger one is none of ours. */
const MOST_TEXT = 200_000_000;
/** Of one unit of text in a file. */
const MOST_BYTES = 3;

/**
 * Before a file is read, which a very large one would not survive.
 *
 * @throws Error with a sentence naming the file.
 */
export function checkSize({ name, size }: Pick<File, 'name' | 'size'>): void {
  if (size > MOST_BYTES * MOST_TEXT) throw new Error(words.recordingTooLarge(name));
}

/** @returns JSON; a run of more points than can be opened again has fewer there. */
export const toFile = (recording: Recording): string =>
  fitting((points) => `${JSON.stringify(checked(fitted(recording, points)))}\n`);

/** @returns JSON of all of them. */
export const toRunsFile = (runs: readonly NamedRun[]): string =>
  fitting((points) => {
    const all = runs.map(({ recording, ...run }) =>
      checked({ ...run, name: run.name.slice(0, LONGEST_NAME), recording: fitted(recording, points) }),
    );
    return `${JSON.stringify(all, null, 1)}\n`;
  });

const fitted = (recording: Recording, points: number) => fewerPoints(clip(recording), points);

/** The finest text that is not too long. */
function fitting(write: (points: number) => string): string {
  for (let points = MOST_POINTS; ; points = Math.ceil(points / 2)) {
    const text = write(points);
    if (text.length <= MOST_TEXT || points <= 100) return text;
  }
}

/** As it comes out of a file again: what is undefined, for one, is not there. */
function checked<T extends object>(value: T): T & { readonly check: string } {
  return { ...value, check: checkOfJson(JSON.parse(JSON.stringify(value))) };
}

/**
 * Files from before there was a check value have none, and open.
 *
 * @throws Error with a sentence naming the file.
 */
export function fromFile(name: string, text: string): Opened {
  if (text.length > MOST_TEXT) throw new Error(words.recordingTooLarge(name));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(words.recordingNotJson(name));
  }
  return Array.isArray(value)
    ? allOf(value, name)
    : { kind: 'run', recording: recordingOf(unchanged(value, name), name) };
}

const LONGEST_NAME = 1000;
const LONGEST_ID = 100;

const NAMED = v.object({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_ID)),
  name: v.pipe(v.string(), v.maxLength(LONGEST_NAME)),
  pinned: v.optional(v.boolean(), false),
  recording: v.unknown(),
});

/** One run that cannot be read keeps no other from being opened. */
function allOf(values: readonly unknown[], file: string): Opened {
  const runs = new Map<string, NamedRun>();
  const refused: string[] = [];
  values.forEach((value, index) => {
    try {
      const run = namedRun(value, words.runInFile(index + 1, file));
      if (runs.has(run.id)) throw new Error(words.runTwice(words.runInFile(index + 1, file)));
      runs.set(run.id, run);
    } catch (error) {
      refused.push((error as Error).message);
    }
  });
  if (runs.size === 0) throw new Error(refused[0] ?? words.noRuns(file));
  return { kind: 'runs', runs: [...runs.values()], refused };
}

function namedRun(value: unknown, what: string): NamedRun {
  const named = v.safeParse(NAMED, unchanged(value, what));
  if (!named.success) throw new Error(words.notARecording(what, named.issues[0].message));
  return { ...named.output, recording: recordingOf(named.output.recording, what) };
}

/** The value without its check. @throws Error where the two do not fit each other. */
function unchanged(value: unknown, what: string): unknown {
  if (typeof value !== 'object' || value === null || !('check' in value)) return value;
  const { check, ...rest } = value;
  let right: string | null;
  try {
    right = checkOfJson(rest);
  } catch {
    // Lists within lists, thousands deep.
    right = null;
  }
  if (check !== right) throw new Error(words.recordingChanged(what));
  return rest;
}
