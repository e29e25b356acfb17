/** Makes a recording small enough for where it goes: fewer points, fewer spans, fewer digits, fewer letters. */
import { bestOfConventional, firstAt, milestones, SHARES, type Curve } from '../milestones.ts';
import type { RecordedStrategy, Recording } from './recording.ts';
import { LETTERS } from './schema.ts';

export interface Thinning {
  /** Points per strategy. */
  readonly points: number;
  /** Newest spans per device. */
  readonly spans: number;
}

/**
 * Fewer numbers, four digits each; what counts bytes at the end stays exact, and milestones are reached at the steps at
 * which they were.
 */
export const thin = (recording: Recording, { points, spans }: Thinning): Recording =>
  rounded(fewerPoints(clip(recording), points), spans);

/** Texts as short as a recording from outside must have them. */
export function clip(recording: Recording): Recording {
  const { data, machine, weights, strategies } = recording;
  const cut = (text: string, of: keyof typeof LETTERS) => text.slice(0, LETTERS[of]);
  return {
    ...recording,
    data: cut(data, 'data'),
    machine: cut(machine, 'machine'),
    ...(weights === undefined ? {} : { weights: cut(weights, 'weights') }),
    strategies: strategies.map((strategy) => ({
      ...strategy,
      ...(strategy.error === undefined ? {} : { error: cut(strategy.error, 'error') }),
      devices: strategy.devices.map((device) => ({ ...device, name: cut(device.name, 'device') })),
    })),
  };
}

const curveOf = ({ id, columns }: RecordedStrategy): Curve => ({
  id,
  points: columns.step.map((step, index) => ({
    step: step ?? NaN,
    testAccuracy: columns.testAccuracy[index] ?? NaN,
  })),
});

/** At most so many points of each strategy (ten at least): evenly spaced, and those that something is read from. */
export function fewerPoints(recording: Recording, most: number): Recording {
  const best = bestOfConventional(recording.strategies.map(curveOf));
  return {
    ...recording,
    strategies: recording.strategies.map((strategy) => {
      const count = strategy.columns.step.length;
      return count <= most ? strategy : pick(strategy, chosen(strategy, best, most));
    }),
  };
}

/** Places of the points that stay, in order. */
function chosen(strategy: RecordedStrategy, best: number | null, most: number): number[] {
  const { points } = curveOf(strategy);
  const count = points.length;
  const joined = count - strategy.recovery;
  const reached = best === null ? [] : [...SHARES, 1].map((share) => firstAt(points, share * best));
  const needed = new Set([0, joined - 1, count - 1, ...reached].filter((at) => at >= 0));
  // The ends of recovery's epochs, as many as there is room for beside a curve's rough shape.
  const ends = strategy.columns.epochs.flatMap((epochs, at) =>
    at >= joined && Number.isInteger(epochs) ? [at] : [],
  );
  for (const at of evenly(ends.length, Math.floor((most - needed.size) / 2))) needed.add(ends[at]);
  return [...new Set([...needed, ...evenly(count, most - needed.size)])].sort((a, b) => a - b);
}

/** Evenly spaced places of `count`, the first and the last among them where there is room for two. */
function evenly(count: number, limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, index) => index);
  if (limit <= 1) return limit === 1 ? [count - 1] : [];
  return Array.from({ length: limit }, (_, index) => Math.round((index * (count - 1)) / (limit - 1)));
}

function pick(strategy: RecordedStrategy, kept: readonly number[]): RecordedStrategy {
  const { columns, balancedAccuracy, classAccuracy, lists, held, recovery } = strategy;
  const count = columns.step.length;
  const of = <T>(values: readonly T[]): T[] => kept.map((index) => values[index]);
  return {
    ...strategy,
    recovery: kept.filter((index) => index >= count - recovery).length,
    columns: mapped(columns, (values) => of(values)),
    ...(balancedAccuracy ? { balancedAccuracy: of(balancedAccuracy) } : {}),
    ...(classAccuracy ? { classAccuracy: of(classAccuracy) } : {}),
    lists: mapped(lists, (rows) => of(rows)),
    held: of(held),
  };
}

const CURVE_DIGITS = 4;
/** All that a number has. */
const ALL_DIGITS = 17;

/** Four digits, and of test accuracy as many more as milestones need to be reached where they were. */
function rounded(recording: Recording, spans: number): Recording {
  const right = reachedAt(recording);
  for (let digits = CURVE_DIGITS; ; digits++) {
    const strategies = recording.strategies.map((strategy) => roundedStrategy(strategy, digits, spans));
    const next = { ...recording, strategies };
    if (digits === ALL_DIGITS || reachedAt(next) === right) return next;
  }
}

/** The steps at which milestones are reached, as one text. */
const reachedAt = ({ strategies }: Recording): string =>
  JSON.stringify(
    milestones(strategies.map(curveOf)).map(({ reached }) => reached.map(({ point }) => point?.step)),
  );

/** Steps and samples are counts; the rest is read off a curve. */
const EXACT = new Set(['step', 'samples']);

function roundedStrategy(
  strategy: RecordedStrategy,
  accuracyDigits: number,
  spans: number,
): RecordedStrategy {
  const digitsOf = (key: string) => (key === 'testAccuracy' ? accuracyDigits : CURVE_DIGITS);
  // By class they would take most of a link.
  const { classAccuracy: _classes, final, balancedAccuracy, ...rest } = strategy;
  return {
    ...rest,
    ...(final ? { final: withoutClasses(final) } : {}),
    ...(balancedAccuracy
      ? { balancedAccuracy: balancedAccuracy.map((value) => round(value, CURVE_DIGITS)) }
      : {}),
    columns: mapped(strategy.columns, (values, key) =>
      EXACT.has(key) ? values : values.map((value) => round(value, digitsOf(key))),
    ),
    lists: mapped(strategy.lists, (rows) => rows.map((row) => row.map((value) => round(value, 3)))),
    devices: thinSpans(strategy.devices, spans),
  };
}

function withoutClasses(final: NonNullable<RecordedStrategy['final']>): RecordedStrategy['final'] {
  const { classAccuracy: _classes, ...rest } = final;
  return rest;
}

const round = (value: number | null, digits: number): number | null =>
  value === null ? null : Number(value.toPrecision(digits));

/** The newest spans, in tenths of a millisecond from the first of those that stay. */
function thinSpans(devices: RecordedStrategy['devices'], limit: number): RecordedStrategy['devices'] {
  const newest = devices.map(({ spans }) => (limit > 0 ? spans.slice(-limit) : []));
  const zero = Math.min(...newest.flatMap((spans) => spans.map(([, start]) => start)));
  return devices.map((device, rank) => ({
    ...device,
    spent: device.spent.map((ms) => Math.round(ms)),
    spans: newest[rank].map(([kind, start, end]) => [kind, tenth(start - zero), tenth(end - zero)]),
  }));
}

const tenth = (ms: number): number => Math.round(10 * ms) / 10;

const mapped = <T extends object, V>(record: T, of: (value: T[keyof T], key: string) => V) =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value, key)])) as {
    [Key in keyof T]: V;
  };
