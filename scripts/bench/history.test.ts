import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compare, comparisonReport } from './compare.ts';
import {
  keptRun,
  newestLike,
  parseRun,
  readHistory,
  writeRun,
  type KeptRow,
  type KeptRun,
} from './history.ts';
import type { Results } from './results.ts';

const machine = {
  processor: 'A processor',
  cores: 2,
  system: 'Linux x64',
  node: 'v20',
  browser: 'Chromium 1',
  browserAdapter: 'software',
};
const row = (what: string, median: number, spread = 0.1, unit: KeptRow['unit'] = 'steps/s'): KeptRow => ({
  what,
  unit,
  median,
  min: median * (1 - spread),
  max: median * (1 + spread),
});
const run = (date: string, rows: KeptRow[] = [], more: Partial<KeptRun> = {}): KeptRun => ({
  format: 1,
  date,
  machine,
  of: 'engines',
  engine: 'cpu revision 2',
  rows,
  ...more,
});

describe('kept runs', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'history-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('come back as they were, the oldest first, each in a file of its own', () => {
    const runs = [run('2030-02-01T10:00:00.000Z', [row('a', 1)]), run('2030-01-01T10:00:00.000Z')];
    const names = runs.map((one) => writeRun(folder, one));
    expect(names).toEqual(['2030-02-01T1000Z.json', '2030-01-01T1000Z.json']);
    expect(readHistory(folder)).toEqual([runs[1], runs[0]]);
    expect(readHistory(join(folder, 'none'))).toEqual([]);
  });

  it('are refused with the name of the file and of what is wrong in it', () => {
    expect(() => parseRun('{', 'a.json')).toThrow(/^a\.json is no JSON/);
    const wrong = { ...run('2030-01-01T10:00:00.000Z'), rows: [{ ...row('a', 1), unit: 'miles' }] };
    expect(() => parseRun(JSON.stringify(wrong), 'b.json')).toThrow(/b\.json .*rows\.0\.unit .*"miles"/);
    writeFileSync(join(folder, 'c.json'), JSON.stringify({ format: 2 }));
    expect(() => readHistory(folder)).toThrow(/c\.json .*format/);
  });

  it('are found by the kind of machine, the newest first', () => {
    const other = run('2030-03-01T00:00:00.000Z', [], { machine: { ...machine, cores: 4 } });
    const card = run('2030-03-02T00:00:00.000Z', [], { machine: { ...machine, browserAdapter: 'a card' } });
    const newer = run('2030-02-01T00:00:00.000Z');
    const cores = run('2030-03-03T00:00:00.000Z', [], { of: 'cores' });
    const runs = [run('2030-01-01T00:00:00.000Z'), newer, other, card, cores];
    expect(newestLike({ machine: { ...machine }, of: 'engines' }, runs)).toBe(newer);
    expect(newestLike({ machine, of: 'cores' }, runs)).toBe(cores);
    expect(newestLike({ machine: { ...machine, processor: 'another' }, of: 'engines' }, runs)).toBeNull();
  });

  it('hold every rate of the results, with where it was measured', () => {
    const spread = { median: 2, min: 1, max: 3 };
    const at = { network: '784-512×5-47', batch: 128 };
    const results = {
      machine: { ...machine, date: '2030-01-01', memoryGiB: 8 },
      quick: false,
      busy: 0,
      rows: [
        { ...at, runtime: 'node', library: 'piecewise', engine: 'cpu', threads: 2, stepsPerSecond: spread },
        {
          ...at,
          runtime: 'browser',
          library: 'jax-js',
          engine: 'webgpu',
          threads: null,
          stepsPerSecond: spread,
        },
      ],
      absent: [],
      scaling: [{ ...at, change: 'width × 2', engine: 'cpu', stepsPerSecond: spread }],
      strategies: [{ ...at, strategy: 'SIL', of: 2, engine: 'cpu', stepsPerSecond: spread }],
      cpu: [{ threads: 2, speeds: { peak: 90 } }],
    } as unknown as Results;
    const kept = keptRun(results, new Date('2030-01-01T10:00:00Z'));
    expect(kept.rows.map(({ what, unit, median }) => [what, unit, median])).toEqual([
      ['784-512×5-47, batch 128, in Node: Piecewise cpu, 2 threads', 'steps/s', 2],
      ['784-512×5-47, batch 128, in the browser: jax-js webgpu', 'steps/s', 2],
      ['scaling, width × 2: cpu', 'steps/s', 2],
      ['2 devices, 784-512×5-47, batch 128: SIL, cpu', 'steps/s', 2],
      ['kernel peak, 2 threads', 'GFLOP/s', 90],
    ]);
    expect(parseRun(JSON.stringify(kept), 'kept')).toEqual(kept);
  });
});

describe('two runs held against each other', () => {
  const before = run('2030-01-01T00:00:00.000Z', [
    row('quicker', 10),
    row('slower', 10),
    row('spread', 10),
    row('steady', 10, 0),
    row('barrier', 2, 0, 'µs'),
    row('gone', 1),
  ]);
  const now = run('2030-02-01T00:00:00.000Z', [
    row('quicker', 20),
    row('slower', 5),
    row('spread', 11.5),
    row('steady', 10.2, 0),
    row('barrier', 1, 0, 'µs'),
    row('new', 1),
  ]);

  it('are faster or slower where their rounds do not meet and it can be noticed', () => {
    const { changes, onlyBefore, onlyNow } = compare(before, now);
    expect(changes.map(({ what, verdict }) => [what, verdict])).toEqual([
      ['quicker', 'faster'],
      ['slower', 'slower'],
      ['spread', 'same'],
      ['steady', 'same'],
      ['barrier', 'faster'],
    ]);
    expect(changes.map(({ ratio }) => ratio)).toEqual([2, 0.5, 1.15, 1.02, 2]);
    expect([onlyBefore, onlyNow]).toEqual([['gone'], ['new']]);
  });

  it('make a report that begins with what got slower', () => {
    const text = comparisonReport(before, { ...now, engine: 'cpu revision 3' });
    expect(text).toContain('Against the run of 2030-01-01');
    expect(text).toContain('2 faster, 1 slower, 2 the same');
    expect(text).toContain('The engines are others now: cpu revision 3');
    const first = text.split('\n').find((line) => /\| (quicker|slower|spread|steady|barrier)/.test(line));
    expect(first).toMatch(/slower +\| +10\.0 steps\/s \| +5\.00 steps\/s \| +0\.500× \| slower/);
    expect(text).toContain('Only before: gone.');
    expect(text).toContain('Only now: new.');
  });
});
