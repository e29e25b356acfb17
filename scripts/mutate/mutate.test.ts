import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';
import { survivorsOf, tableOf, type Outcome } from './report.ts';
import { isDrawn, type Place } from './sample.ts';

const PLACES: readonly Place[] = Array.from({ length: 2000 }, (_, at) => ({
  fileName: '/somewhere/src/labels/rows.ts',
  location: { start: { line: 1 + (at % 50), column: at % 7 }, end: { line: 1 + (at % 50), column: 9 + at } },
  replacement: at % 2 ? 'a + b' : 'true',
}));
const drawn = (seed: number, share: number, places = PLACES) =>
  places.flatMap((place, at) => (isDrawn({ seed, share }, place) ? [at] : []));

describe('the sample of changes', () => {
  it('is the share that was asked for, the same each time, and another for another seed', () => {
    const [first, again, other] = [drawn(1, 0.1), drawn(1, 0.1), drawn(2, 0.1)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
    // Five standard deviations of 2,000 draws.
    expect(Math.abs(first.length - 200)).toBeLessThan(67);
    expect(drawn(1, 1)).toHaveLength(2000);
  });

  it('does not hang on where the sources lie, and grows with the share', () => {
    const moved = PLACES.map((place) => ({ ...place, fileName: 'C:\\here\\src\\labels\\rows.ts' }));
    expect(drawn(1, 0.1, moved)).toEqual(drawn(1, 0.1));
    expect(drawn(1, 0.3)).toEqual(expect.arrayContaining(drawn(1, 0.1)));
  });
});

it('options that are none are refused in a sentence', () => {
  expect(readOptions([])).toMatchObject({ sample: { share: 0.02, seed: 1 } });
  expect(readOptions(['--folders', 'labels', '--share', '1'])).toMatchObject({ folders: ['labels'] });
  expect(readOptions(['--help'])).toBeNull();
  expect(() => readOptions(['--share', '0'])).toThrow('found “0”');
  expect(() => readOptions(['--seed', 'x'])).toThrow('found “x”');
  expect(() => readOptions(['--folders', 'app'])).toThrow('found “app”');
});

it('a round is counted by folder, without what was not drawn', () => {
  const outcome = (folder: string, status: string): Outcome => ({
    fileName: `src/${folder}/a.ts`,
    line: 3,
    status,
    mutator: 'BlockStatement',
    replacement: '{}',
  });
  const outcomes = [
    outcome('labels', 'Killed'),
    outcome('labels', 'Survived'),
    outcome('network', 'Timeout'),
    outcome('network', 'NoCoverage'),
    outcome('network', 'CompileError'),
  ];
  expect(tableOf(outcomes).split('\n').slice(2)).toEqual([
    '| labels | 2 | 1 | 1 | 0 | 50% |',
    '| network | 2 | 1 | 1 | 1 | 50% |',
    '| **all** | 4 | 2 | 2 | 1 | 50% |',
  ]);
  expect(survivorsOf(outcomes).split('\n')).toEqual([
    'src/labels/a.ts:3 BlockStatement: {}',
    'src/network/a.ts:3 BlockStatement, no test runs it: {}',
  ]);
});
