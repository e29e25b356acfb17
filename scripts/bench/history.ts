/** What `--write` keeps of every run in `docs/benchmarks/`: one small file each, for later runs to be held against. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { ENGINE_FACTS } from '../../src/experiment/engines.ts';
import { placeOf, nameOfRow } from './names.ts';
import type { Results } from './results.ts';

/** Of `µs` less is better, of the others more. */
const UNITS = ['steps/s', 'GFLOP/s', 'µs'] as const;

const rowSchema = v.object({
  /** What was measured, in words that a later run repeats. */
  what: v.pipe(v.string(), v.nonEmpty()),
  unit: v.picklist(UNITS),
  median: v.pipe(v.number(), v.finite(), v.minValue(0)),
  min: v.pipe(v.number(), v.finite(), v.minValue(0)),
  max: v.pipe(v.number(), v.finite(), v.minValue(0)),
});

const runSchema = v.object({
  format: v.literal(1),
  /** ISO 8601, in UTC. */
  date: v.pipe(v.string(), v.isoTimestamp()),
  machine: v.object({
    processor: v.string(),
    cores: v.pipe(v.number(), v.integer(), v.minValue(1)),
    system: v.string(),
    node: v.string(),
    browser: v.nullable(v.string()),
    browserAdapter: v.nullable(v.string()),
  }),
  /** Which of the benchmark's parts: another one has other rows. */
  of: v.picklist(['engines', 'cores']),
  /** Revisions of our engines: another one may compute other bits. */
  engine: v.string(),
  rows: v.array(rowSchema),
});

export type KeptRow = v.InferOutput<typeof rowSchema>;
export type KeptRun = v.InferOutput<typeof runSchema>;

/** @param date When it ended. @param more Rows that not every part has. */
export function keptRun(
  results: Results,
  date: Date,
  of: KeptRun['of'] = 'engines',
  more: readonly KeptRow[] = [],
): KeptRun {
  const { processor, cores, system, node, browser, browserAdapter } = results.machine;
  const rows: KeptRow[] = results.rows.map((row) => ({
    what: `${placeOf(row)}: ${nameOfRow(row)}`,
    unit: 'steps/s',
    ...row.stepsPerSecond,
  }));
  for (const { change, engine, stepsPerSecond } of results.scaling)
    rows.push({ what: `scaling, ${change}: ${engine}`, unit: 'steps/s', ...stepsPerSecond });
  for (const { strategy, of, network, batch, engine, stepsPerSecond } of results.strategies) {
    const what = `${of} devices, ${network}, batch ${batch}: ${strategy}, ${engine}`;
    rows.push({ what, unit: 'steps/s', ...stepsPerSecond });
  }
  for (const { threads, speeds } of results.cpu) {
    for (const [name, value] of Object.entries(speeds)) {
      const what = `kernel ${name}, ${threads} threads`;
      rows.push({ what, unit: 'GFLOP/s', median: value, min: value, max: value });
    }
  }
  return {
    format: 1,
    date: date.toISOString(),
    machine: { processor, cores, system, node, browser, browserAdapter },
    of,
    engine: (['cpu', 'webgpu'] as const)
      .map((id) => `${id} revision ${ENGINE_FACTS[id].revision}`)
      .join(', '),
    rows: [...rows, ...more],
  };
}

/** @throws Error with a sentence that names the file and what is wrong in it. */
export function parseRun(text: string, name: string): KeptRun {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${name} is no JSON. Delete it or bring it back from the repository.`);
  }
  const { success, output, issues } = v.safeParse(runSchema, json);
  if (success) return output;
  const [issue] = issues;
  throw new Error(
    `${name} is no kept run: ${v.getDotPath(issue) ?? 'the file'} should be ${issue.expected ?? 'otherwise'}, but is ` +
      `${issue.received}. Delete it or bring it back from the repository.`,
  );
}

/** All runs of a folder, the oldest first; none where there is no folder. */
export function readHistory(folder: string): KeptRun[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .map((name) => parseRun(readFileSync(join(folder, name), 'utf8'), name))
    .sort((a, b) => a.date.localeCompare(b.date));
}

/** @returns The name of the new file. */
export function writeRun(folder: string, run: KeptRun): string {
  mkdirSync(folder, { recursive: true });
  // A colon is no part of a file's name on every system.
  const name = `${run.date.slice(0, 16).replace(':', '')}Z.json`;
  writeFileSync(join(folder, name), `${JSON.stringify(run, null, 2)}\n`);
  return name;
}

/** The newest of the runs that measured the same on a machine of the same kind. */
export function newestLike(
  { machine, of }: Pick<KeptRun, 'machine' | 'of'>,
  runs: readonly KeptRun[],
): KeptRun | null {
  const like = ({ machine: other, of: what }: KeptRun) =>
    what === of &&
    other.processor === machine.processor &&
    other.cores === machine.cores &&
    other.system === machine.system &&
    other.browserAdapter === machine.browserAdapter;
  return runs.findLast(like) ?? null;
}
