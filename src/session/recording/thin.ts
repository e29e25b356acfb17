/** Makes a recording small enough for a link: fewer points, fewer spans, fewer digits. */
import type { RecordedMode, Recording } from './recording.ts';

export interface Thinning {
  /** Points per way of training. */
  readonly points: number;
  /** Newest spans per device. */
  readonly spans: number;
}

const digits = (value: number | null, count: number): number | null =>
  value === null ? null : Number(value.toPrecision(count));

/** Evenly spaced places of `count`, the first and the last among them. */
function places(count: number, limit: number): number[] {
  if (count <= limit) return Array.from({ length: count }, (_, index) => index);
  return Array.from({ length: limit }, (_, index) => Math.round((index * (count - 1)) / (limit - 1)));
}

/** Fewer numbers, four digits each; what counts bytes at the end stays exact. */
export function thin(recording: Recording, limits: Thinning): Recording {
  return { ...recording, modes: recording.modes.map((mode) => thinMode(mode, limits)) };
}

function thinMode(mode: RecordedMode, { points, spans }: Thinning): RecordedMode {
  const { columns, lists, held, recovery } = mode;
  const count = columns.step.length;
  const kept = places(count, points);
  const pick = <T>(values: readonly T[]): T[] => kept.map((index) => values[index]);
  const mapped = <T extends object, V>(record: T, of: (value: T[keyof T], key: string) => V) =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value, key)])) as {
      [Key in keyof T]: V;
    };
  // Steps and samples are counts; the rest is read off a curve.
  const exact = new Set(['step', 'samples']);
  return {
    ...mode,
    recovery: kept.filter((index) => index >= count - recovery).length,
    columns: mapped(columns, (values, key) =>
      pick(values).map((value) => (exact.has(key) ? value : digits(value, 4))),
    ),
    lists: mapped(lists, (values) => pick(values).map((row) => row.map((value) => digits(value, 3)))),
    held: pick(held),
    devices: thinSpans(mode.devices, spans),
  };
}

/** The newest spans, in tenths of a millisecond from the first of those that stay. */
function thinSpans(devices: RecordedMode['devices'], limit: number): RecordedMode['devices'] {
  const newest = devices.map(({ spans }) => (limit > 0 ? spans.slice(-limit) : []));
  const zero = Math.min(...newest.flatMap((spans) => spans.map(([, start]) => start)));
  return devices.map((device, rank) => ({
    ...device,
    spent: device.spent.map((ms) => Math.round(ms)),
    spans: newest[rank].map(([kind, start, end]) => [kind, tenth(start - zero), tenth(end - zero)]),
  }));
}

const tenth = (ms: number): number => Math.round(10 * ms) / 10;
