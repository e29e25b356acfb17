/** What got faster or slower since an earlier run. */
import type { KeptRow, KeptRun } from './history.ts';
import { figure, table } from './tables.ts';

export interface Change {
  readonly what: string;
  readonly unit: KeptRow['unit'];
  readonly before: number;
  readonly now: number;
  /** How many times as fast as before. */
  readonly ratio: number;
  readonly verdict: 'faster' | 'slower' | 'same';
}

export interface Comparison {
  readonly changes: readonly Change[];
  /** Rows that only one of the runs has. */
  readonly onlyBefore: readonly string[];
  readonly onlyNow: readonly string[];
}

/** Medians that differ by less are the same, however little the rounds spread: machines are not steadier than that. */
const NOTICED = 0.05;

/** The more the better: what takes less time is more. */
const gain = ({ unit }: KeptRow, value: number) => (unit === 'µs' ? 1 / value : value);

function changeOf(before: KeptRow, now: KeptRow): Change {
  const ratio = gain(now, now.median) / gain(before, before.median);
  // Rounds of which some were as fast as some of before tell nothing.
  const apart = now.min > before.max || now.max < before.min;
  const noticed = apart && (ratio > 1 + NOTICED || ratio < 1 - NOTICED);
  return {
    what: now.what,
    unit: now.unit,
    before: before.median,
    now: now.median,
    ratio,
    verdict: noticed ? (ratio > 1 ? 'faster' : 'slower') : 'same',
  };
}

export function compare(before: Pick<KeptRun, 'rows'>, now: Pick<KeptRun, 'rows'>): Comparison {
  const key = ({ what, unit }: KeptRow) => `${what} ${unit}`;
  const earlier = new Map(before.rows.map((row) => [key(row), row]));
  const later = new Set(now.rows.map(key));
  return {
    changes: now.rows.flatMap((row) => {
      const old = earlier.get(key(row));
      return old ? [changeOf(old, row)] : [];
    }),
    onlyBefore: before.rows.filter((row) => !later.has(key(row))).map(({ what }) => what),
    onlyNow: now.rows.filter((row) => !earlier.has(key(row))).map(({ what }) => what),
  };
}

/** In words and a table; the largest changes first. */
export function comparisonReport(before: KeptRun, now: KeptRun): string {
  const { changes, onlyBefore, onlyNow } = compare(before, now);
  const order = { slower: 0, faster: 1, same: 2 };
  const sorted = [...changes].sort(
    (a, b) =>
      order[a.verdict] - order[b.verdict] || Math.abs(Math.log(b.ratio)) - Math.abs(Math.log(a.ratio)),
  );
  const count = (verdict: Change['verdict']) => changes.filter((one) => one.verdict === verdict).length;
  const lines = [
    `## Against the run of ${before.date.slice(0, 10)}`,
    '',
    `${before.engine}. ${count('faster')} faster, ${count('slower')} slower, ${count('same')} the same: within what their rounds ` +
      `spread, or ${100 * NOTICED}%.`,
  ];
  if (before.engine !== now.engine) lines.push('', `The engines are others now: ${now.engine}.`);
  if (changes.length > 0) {
    const rows = sorted.map((one) => [
      one.what,
      `${figure(one.before)} ${one.unit}`,
      `${figure(one.now)} ${one.unit}`,
      `${figure(one.ratio)}×`,
      one.verdict,
    ]);
    lines.push('', table(['what', 'before', 'now', 'times as fast', ''], rows));
  }
  if (onlyBefore.length > 0) lines.push('', `Only before: ${onlyBefore.join('; ')}.`);
  if (onlyNow.length > 0) lines.push('', `Only now: ${onlyNow.join('; ')}.`);
  return lines.join('\n');
}
