import { expect, it } from 'vitest';
import type { Row } from '../results.ts';
import { checkOut } from './checkout.ts';
import { barrierRows, coresReport, type CoresResults } from './report.ts';

const row = (more: Partial<Row>, rate: number): Row => ({
  network: '784-512×5-47',
  batch: 128,
  runtime: 'node',
  library: 'piecewise',
  engine: 'cpu',
  about: '',
  threads: 2,
  stepsPerSecond: { median: rate, min: rate, max: rate },
  gflops: rate,
  peakBytes: 1e6,
  ratioToOurs: rate / 40,
  comparedWith: 'cpu',
  ...more,
});

const results: CoresResults = {
  machine: {
    date: '2030-01-02',
    processor: 'A processor',
    cores: 2,
    memoryGiB: 8,
    system: 'Linux x64',
    node: 'v20',
    browser: 'Chromium 1',
    browserAdapter: null,
  },
  quick: false,
  busy: 0.01,
  rows: [
    row({ runtime: 'browser', ratioToOurs: 1 }, 36),
    row({}, 40),
    row({ threads: 1 }, 20),
    row({ as: 'commit abc1234', threads: 1 }, 16),
    row({ library: 'pytorch', as: 'eager, plain Adam', peakBytes: NaN }, 50),
  ],
  absent: [
    { library: 'pytorch', engine: 'cpu', as: 'torch.compile', threads: 2, runtime: 'node', why: 'No.' },
  ],
  scaling: [],
  strategies: [],
  cpu: [
    { build: 'relaxed', width: 512, batch: 128, threads: 1, speeds: { peak: 40 } as never },
    { build: 'relaxed', width: 512, batch: 128, threads: 2, speeds: { peak: 80 } as never },
  ],
  barrier: { threads: 2, microseconds: 10 },
  study: {
    runs: 4,
    cores: 2,
    alone: { median: 20, min: 19, max: 21 },
    threaded: { median: 12, min: 11, max: 13 },
    sideBySide: { median: 11, min: 10, max: 12 },
  },
  widths: [{ width: 128, milliseconds: 1, divided: 1, barriers: 10 }],
};

it('says what all cores are worth, against one, an earlier commit, the browser and native code', () => {
  const lines = coresReport(results).split('\n');
  const place = '784-512×5-47, batch 128, in';
  expect(lines.filter((line) => line.startsWith('- '))).toEqual([
    `- ${place} the browser: 0.900× as fast as in Node, in the same rounds.`,
    `- ${place} Node: 2 threads are 2.00× one.`,
    `- ${place} Node: 2.50× commit abc1234.`,
    `- ${place} Node: 80% of PyTorch cpu, eager, plain Adam, 2 threads.`,
    '- PyTorch cpu, torch.compile, 2 threads (node): No.',
  ]);
});

it('says what share of all cores’ peak a step reaches, and models more cores', () => {
  const text = coresReport(results);
  expect(text).toMatch(/Piecewise cpu, 2 threads +\| +40\.0 \(40\.0–40\.0\) \| +40\.0 \| +50% \|/);
  expect(text).toMatch(/PyTorch cpu, eager, plain Adam, 2 threads .* – \|/);
  expect(text).toContain('A barrier on 2 threads costs 10.0 µs.');
  expect(text).toMatch(/\| 128 +\| +1\.00 ms \| +100\.0% \| +10\.0 \| +1\.82× \|/);
  expect(text).not.toContain('busy with something else');
});

it('says what runs side by side are worth', () => {
  expect(coresReport(results)).toMatch(
    /side by side, 1 thread each .*\| +11\.0 s \(10\.0–12\.0\) \| +0\.550 \|/,
  );
});

it('keeps what a barrier costs', () => {
  expect(barrierRows(results)).toEqual([
    { what: 'a barrier, 2 threads', unit: 'µs', median: 10, min: 10, max: 10 },
  ]);
  expect(barrierRows({ ...results, barrier: null })).toEqual([]);
});

it('is not held against a commit that there is not', () => {
  expect(() => checkOut(process.cwd(), 'no-such-commit')).toThrow(
    'There is no commit "no-such-commit" here.',
  );
});
