import { describe, expect, it } from 'vitest';
import type { Measured } from './measure.ts';
import { nameOfRow } from './names.ts';
import { readOptions } from './options.ts';
import { DEFAULT_NETWORK, evenCuts, flopsPerStep, nameOf } from './problem.ts';
import { absentOf, rowsOf } from './results.ts';
import { figure, page, table } from './tables.ts';

const problem = { widths: [784, 512, 47], batch: 128 };
const measured = (
  library: Measured['library'],
  engine: Measured['engine'],
  rate: number,
  firstLoss = 4,
  threads = 1,
): Measured => ({
  library,
  engine,
  problem,
  about: 'somewhere',
  threads: engine === 'cpu' || engine === 'wasm' ? threads : null,
  stepsPerSecond: [rate / 2, rate, rate * 2],
  peakBytes: 1e6,
  firstLoss,
});

describe('benchmark rows', () => {
  it('compare each rival with our engine on the same hardware', () => {
    const rows = rowsOf('browser', [
      measured('piecewise', 'webgpu', 2),
      measured('piecewise', 'cpu', 20),
      measured('tensorflow.js', 'webgl', 1),
      measured('jax-js', 'wasm', 5),
    ]);
    expect(rows.map(({ ratioToOurs }) => ratioToOurs)).toEqual([1, 1, 0.5, 0.25]);
    expect(rows[1].stepsPerSecond).toEqual({ median: 20, min: 10, max: 40 });
    expect(rows[1].gflops).toBeCloseTo((20 * flopsPerStep(problem)) / 1e9, 9);
  });

  it('compare with ours of now on all threads, where it ran on one and as it was before, too', () => {
    const before = { ...measured('piecewise', 'cpu', 15, 4, 2), as: 'before' };
    const rows = rowsOf('node', [
      measured('piecewise', 'cpu', 10, 4, 1),
      before,
      measured('piecewise', 'cpu', 20, 4, 2),
      measured('tensorflow.js', 'cpu', 1),
    ]);
    expect(rows.map(({ ratioToOurs }) => ratioToOurs)).toEqual([0.5, 0.75, 1, 0.05]);
    expect(rows.map(nameOfRow)).toEqual([
      'Piecewise cpu, 1 thread',
      'Piecewise cpu, before, 2 threads',
      'Piecewise cpu, 2 threads',
      'TensorFlow.js cpu, 1 thread',
    ]);
  });

  it('leave the ratio open where ours did not run, and name who is absent and why', () => {
    const all = [
      { library: 'piecewise', engine: 'webgpu', problem, absent: 'no adapter' } as const,
      measured('tensorflow.js', 'webgl', 1),
    ];
    expect(rowsOf('browser', all)[0].ratioToOurs).toBeNull();
    expect(absentOf('browser', all)).toEqual([
      { library: 'piecewise', engine: 'webgpu', runtime: 'browser', why: 'no adapter' },
    ]);
  });

  it('refuse to compare contenders that do different work', () => {
    const all = [measured('piecewise', 'cpu', 20), measured('jax-js', 'wasm', 5, 3.9)];
    expect(() => rowsOf('browser', all)).toThrow(/jax-js wasm.*do not do the same work/);
  });
});

describe('the work of a step', () => {
  it('is 6 operations a weight and sample, 4 in the first layer', () => {
    expect(flopsPerStep({ widths: [3, 5, 2], batch: 7 })).toBe(7 * (4 * 15 + 6 * 10));
  });
  it('is less where partitions send no gradient back', () => {
    expect(flopsPerStep({ widths: [3, 5, 2], batch: 7 }, [1])).toBe(7 * (4 * 15 + 4 * 10));
    expect(evenCuts(6, 4)).toEqual([2, 3, 5]);
  });
  it('has a short name', () => {
    expect(nameOf(DEFAULT_NETWORK)).toBe('784-512×5-47');
    expect(nameOf([784, 512, 256, 47])).toBe('784-512-256-47');
  });
});

describe('benchmark tables', () => {
  it('show three digits without exponents', () => {
    expect([0.06789, 1.2345, 24.56, 1234.5, 0].map(figure)).toEqual([
      '0.0679',
      '1.23',
      '24.6',
      '1235',
      '0.00',
    ]);
  });
  it('line up', () => {
    expect(table(['a', 'bb'], [['xyz', '1']])).toBe('| a   | bb |\n| --- | -: |\n| xyz |  1 |');
  });
  it('make a page that says where and when', () => {
    const rows = rowsOf('node', [measured('piecewise', 'cpu', 20)]);
    const machine = {
      date: '2030-01-02',
      processor: 'A processor',
      cores: 2,
      memoryGiB: 8,
      system: 'Linux x64',
      node: 'v20',
      browser: null,
      browserAdapter: null,
    };
    const text = page({
      machine,
      quick: true,
      rows,
      absent: [],
      scaling: [],
      strategies: [],
      cpu: [],
      busy: 0.3,
    });
    expect(text).toContain('on 2030-01-02 (quick run)');
    expect(text).toContain('A processor, 2 cores');
    expect(text).toMatch(/Piecewise cpu, 1 thread +\| +20\.0 \(10\.0–40\.0\)/);
    expect(text).toContain('busy with something else:** up to 30%');
  });
});

describe('benchmark options', () => {
  it('are off unless given', () => {
    expect(readOptions([])).toMatchObject({ quick: false, json: false, write: false, only: null });
    expect(readOptions(['--quick', '--only', 'node'])).toMatchObject({ quick: true, only: 'node' });
  });
  it('refuse what is not one', () => {
    expect(() => readOptions(['--only', 'moon'])).toThrow(
      /"browser", "node", "strategies", but found "moon"/,
    );
    expect(() => readOptions(['--fast'])).toThrow();
    expect(() => readOptions(['moon'])).toThrow(/"page", "screen", "cores", "pytorch" .*"moon"/);
    expect(() => readOptions(['--against', 'HEAD'])).toThrow(/goes with "cores"/);
    expect(readOptions(['cores', '--against', 'HEAD'])).toMatchObject({ of: 'cores', against: 'HEAD' });
  });
});
