/** Recordings as text for a link and as a file. What comes from outside is checked before anything is drawn of it. */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import * as v from 'valibot';
import { SPAN_KINDS } from '../../devices/spans.ts';
import { TRAFFIC_PHASES } from '../../devices/traffic.ts';
import { MEMORY_KINDS } from '../../engines/ledger.ts';
import { STRATEGY_IDS } from '../../experiment/strategies.ts';
import { sessionText as words } from '../words.ts';
import { COLUMNS, LISTS, RECORDING_VERSION, type Recording } from './recording.ts';
import { thin } from './thin.ts';

/** Characters of a link that any messenger passes on: a run in a link stays below. */
export const LINK_BUDGET = 6000;

/** From fine to coarse; the first that fits is taken. */
const THINNINGS = [
  { points: 120, spans: 60 },
  { points: 80, spans: 40 },
  { points: 50, spans: 24 },
  { points: 30, spans: 12 },
  { points: 20, spans: 0 },
  { points: 10, spans: 0 },
];

/** A file larger than this is no recording of ours. */
const MOST_BYTES = 20_000_000;

/** Text of letters, digits, '-' and '_', at most `LINK_BUDGET` long; null where no thinning makes it fit. */
export function toLink(recording: Recording): string | null {
  for (const limits of THINNINGS) {
    const text = packed(thin(recording, limits));
    if (text.length <= LINK_BUDGET) return text;
  }
  return null;
}

/** The experiment stands in the link already. */
function packed(recording: Recording): string {
  const bytes = deflateSync(strToU8(JSON.stringify({ ...recording, fragment: '' })), { level: 9 });
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @throws Error with a sentence for a text that holds no recording. */
export function fromLink(text: string, fragment: string): Recording {
  let json: string;
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    json = strFromU8(inflateSync(bytes, { out: new Uint8Array(MOST_BYTES / 10) }));
  } catch {
    throw new Error(words.recordingBroken);
  }
  return { ...read(json, words.recordingInLink), fragment };
}

export const toFile = (recording: Recording): string => `${JSON.stringify(recording)}\n`;

/** @throws Error with a sentence naming the file. */
export function fromFile(name: string, text: string): Recording {
  if (text.length > MOST_BYTES) throw new Error(words.recordingTooLarge(name));
  return read(text, name);
}

function read(text: string, what: string): Recording {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(words.recordingNotJson(what));
  }
  const result = v.safeParse(RECORDING, value);
  if (!result.success) {
    const [{ message, path }] = result.issues;
    const where = path?.map(({ key }) => String(key)).join('.') ?? '';
    throw new Error(words.notARecording(what, where ? `${where}: ${message}` : null));
  }
  return result.output;
}

const CELL = v.nullable(v.pipe(v.number(), v.finite()));
const AMOUNT = v.pipe(v.number(), v.finite(), v.minValue(0));
const short = (most: number) => v.pipe(v.string(), v.maxLength(most));
const list = <T extends v.GenericSchema>(of: T, most: number) => v.pipe(v.array(of), v.maxLength(most));

const MOST_POINTS = 20_000;
const MOST_DEVICES = 16;

const keyed = <Key extends string, S extends v.GenericSchema>(keys: readonly Key[], schema: S) =>
  v.object(Object.fromEntries(keys.map((key) => [key, schema])) as Record<Key, S>);

const DEVICE = v.object({
  name: short(200),
  now: v.pipe(v.array(AMOUNT), v.length(MEMORY_KINDS.length)),
  peak: v.pipe(v.array(AMOUNT), v.length(MEMORY_KINDS.length)),
  looking: v.optional(AMOUNT),
  sentTo: keyed(
    TRAFFIC_PHASES,
    v.record(v.pipe(v.string(), v.regex(/^\d{1,2}$/)), v.object({ bytes: AMOUNT, messages: AMOUNT })),
  ),
  spent: v.pipe(v.array(AMOUNT), v.length(SPAN_KINDS.length)),
  spans: list(v.tuple([AMOUNT, AMOUNT, AMOUNT]), 5000),
});

const MODE = v.pipe(
  v.object({
    id: v.picklist(STRATEGY_IDS),
    error: v.optional(short(1000)),
    final: v.optional(v.object({ accuracy: AMOUNT, count: AMOUNT })),
    recovery: AMOUNT,
    columns: keyed(COLUMNS, list(CELL, MOST_POINTS)),
    lists: keyed(LISTS, list(list(CELL, MOST_DEVICES), MOST_POINTS)),
    held: list(list(v.tuple([AMOUNT, AMOUNT]), MOST_DEVICES), MOST_POINTS),
    devices: v.pipe(v.array(DEVICE), v.minLength(1), v.maxLength(MOST_DEVICES)),
  }),
  v.check(
    ({ columns, lists, held }) =>
      columns.step.length > 0 &&
      [...Object.values(columns), ...Object.values(lists), held].every(
        ({ length }) => length === columns.step.length,
      ),
    'points of different number',
  ),
);

const RECORDING = v.object({
  version: v.literal(RECORDING_VERSION),
  fragment: short(5000),
  data: short(200),
  machine: short(500),
  date: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/)),
  rateChanges: v.optional(list(v.object({ step: AMOUNT, rate: AMOUNT }), 1000)),
  weights: v.optional(short(300)),
  modes: v.pipe(v.array(MODE), v.minLength(1), v.maxLength(STRATEGY_IDS.length)),
});
