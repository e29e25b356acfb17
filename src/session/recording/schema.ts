/** What a recording from outside has to be, before anything is drawn of it. */
import * as v from 'valibot';
import { SPAN_KINDS } from '../../devices/spans.ts';
import { TRAFFIC_PHASES } from '../../devices/traffic.ts';
import { MEMORY_KINDS } from '../../engines/ledger.ts';
import { STRATEGY_IDS } from '../../experiment/strategies.ts';
import { DOINGS } from '../memory-levels.ts';
import { sessionText as words } from '../words.ts';
import { inTodaysWords } from './former.ts';
import { RECORDING_VERSION, type Recording } from './recording.ts';

/** Of one strategy. */
export const MOST_POINTS = 50_000;

const MOST_DEVICES = 16;
/** A class travels as a byte. */
const MOST_CLASSES = 256;

/** What devices hold changes a few times in a run. */
export const MOST_LEVELS = 1000;

/** Letters of what is said in words, by where it stands. */
export const LETTERS = { fragment: 5000, data: 200, machine: 500, weights: 300, device: 200, error: 1000 };

const AMOUNT = v.pipe(v.number(), v.finite(), v.minValue(0));
const SHARE = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Null stands for what was not measured or was no number: a lost device's, for one. */
const CELL = v.nullable(v.pipe(v.number(), v.finite()));

const short = (most: number) => v.pipe(v.string(), v.maxLength(most));
const list = <T extends v.GenericSchema>(of: T, most: number) => v.pipe(v.array(of), v.maxLength(most));
const column = <T extends v.GenericSchema>(of: T) => list(of, MOST_POINTS);
const rows = <T extends v.GenericSchema>(of: T) => column(list(of, MOST_DEVICES));

/** Numbers that never fall; those that are null are passed over. */
const total = v.pipe(
  column(v.nullable(AMOUNT)),
  v.check((values) => {
    const known = values.filter((value) => value !== null);
    return known.every((value, at) => at === 0 || value >= known[at - 1]);
  }, 'Expected numbers that never fall'),
);

const COLUMNS = v.object({
  step: v.pipe(
    column(COUNT),
    v.minLength(1),
    v.check(
      (steps) => steps.every((step, at) => at === 0 || step > steps[at - 1]),
      'Expected steps that rise',
    ),
  ),
  epochs: total,
  samples: v.pipe(
    total,
    v.everyItem((count) => Number.isSafeInteger(count), 'Expected whole numbers'),
  ),
  seconds: total,
  flops: total,
  bytes: column(v.nullable(AMOUNT)),
  learningRate: column(v.nullable(AMOUNT)),
  testAccuracy: column(v.nullable(SHARE)),
  trainAccuracy: column(v.nullable(SHARE)),
  testLoss: column(CELL),
  trainLoss: column(CELL),
  throughput: column(v.nullable(AMOUNT)),
});

const SPAN = v.pipe(
  v.tuple([v.pipe(COUNT, v.maxValue(SPAN_KINDS.length - 1)), AMOUNT, AMOUNT]),
  v.check(([, start, end]) => end >= start, 'Expected an end that is not before the start'),
);

const SENT = v.record(
  v.pipe(v.string(), v.regex(/^(?:0|[1-9]\d?)$/)),
  v.object({ bytes: AMOUNT, messages: COUNT }),
);

const DEVICE = v.object({
  name: short(LETTERS.device),
  now: v.pipe(v.array(AMOUNT), v.length(MEMORY_KINDS.length)),
  peak: v.pipe(v.array(AMOUNT), v.length(MEMORY_KINDS.length)),
  looking: v.optional(AMOUNT),
  sentTo: v.object({ training: SENT, evaluation: SENT, join: SENT }),
  spent: v.pipe(v.array(AMOUNT), v.length(SPAN_KINDS.length)),
  spans: list(SPAN, 5000),
});

const HELD = v.pipe(
  v.tuple([AMOUNT, AMOUNT]),
  v.check(([bare, whole]) => bare <= whole, 'Expected no more bytes without images than with them'),
);

const LEVEL = v.tuple([
  v.pipe(COUNT, v.maxValue(DOINGS.length - 1)),
  COUNT,
  list(v.pipe(v.array(AMOUNT), v.length(MEMORY_KINDS.length + 1)), MOST_DEVICES),
]);

const BY_CLASS = list(v.nullable(SHARE), MOST_CLASSES);

const STRATEGY = v.pipe(
  v.object({
    id: v.picklist(STRATEGY_IDS),
    error: v.optional(short(LETTERS.error)),
    final: v.optional(
      v.object({
        accuracy: SHARE,
        balancedAccuracy: v.optional(SHARE),
        classAccuracy: v.optional(BY_CLASS),
        count: COUNT,
        nearestLabel: v.optional(v.array(v.nullable(SHARE))),
      }),
    ),
    recovery: COUNT,
    columns: COLUMNS,
    balancedAccuracy: v.optional(column(v.nullable(SHARE))),
    classAccuracy: v.optional(column(BY_CLASS)),
    lists: v.object({
      rankLosses: rows(CELL),
      nearestLabel: rows(v.nullable(SHARE)),
      deadUnits: rows(v.nullable(SHARE)),
    }),
    held: rows(HELD),
    levels: v.optional(list(LEVEL, MOST_LEVELS)),
    devices: v.pipe(v.array(DEVICE), v.minLength(1), v.maxLength(MOST_DEVICES)),
  }),
  v.check(({ columns, balancedAccuracy, classAccuracy, lists, held }) => {
    const optional = [balancedAccuracy, classAccuracy].filter((values) => values !== undefined);
    const all = [...Object.values(columns), ...Object.values(lists), held, ...optional];
    const lengths = all.map(({ length }) => length);
    return new Set(lengths).size === 1;
  }, 'points of different number'),
  v.check(({ recovery, columns }) => recovery <= columns.step.length, 'more points of recovery than points'),
  v.check(({ held, devices }) => held.every(({ length }) => length <= devices.length), 'memory of no device'),
  v.check(
    ({ devices }) =>
      devices.every(({ sentTo }) =>
        TRAFFIC_PHASES.every((phase) =>
          Object.keys(sentTo[phase]).every((rank) => Number(rank) < devices.length),
        ),
      ),
    'messages to no device',
  ),
);

/** ISO 8601, UTC, to the minute, and in the calendar. */
function isDate(text: string): boolean {
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && `${date.toISOString().slice(0, 16)}Z` === text;
}

const RECORDING = v.object({
  version: v.literal(RECORDING_VERSION),
  fragment: short(LETTERS.fragment),
  data: short(LETTERS.data),
  machine: short(LETTERS.machine),
  date: v.pipe(
    v.string(),
    v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/),
    v.check(isDate, 'Expected a day of the calendar'),
  ),
  learningRateChanges: v.optional(list(v.object({ step: COUNT, learningRate: AMOUNT }), MOST_POINTS)),
  weights: v.optional(short(LETTERS.weights)),
  strategies: v.pipe(
    v.array(STRATEGY),
    v.minLength(1),
    v.check(
      (strategies) => new Set(strategies.map(({ id }) => id)).size === strategies.length,
      'a strategy twice',
    ),
  ),
});

/**
 * @param what Names it in a sentence.
 * @throws Error with a sentence that says what is wrong and where.
 */
export function recordingOf(value: unknown, what: string): Recording {
  if (typeof value === 'object' && value !== null && !('version' in value))
    throw new Error(words.notARecording(what, words.noRun(Object.keys(value).slice(0, 6))));
  const result = v.safeParse(RECORDING, inTodaysWords(value));
  if (result.success) return result.output;
  const [{ message, path }] = result.issues;
  const where = path?.map(({ key }) => String(key)).join('.') ?? '';
  throw new Error(words.notARecording(what, where ? `${where}: ${message}` : null));
}
