import { expect, it } from 'vitest';
import { madeUpDataset } from '../../data/testing.ts';
import { gridOf } from './grid.ts';
import { jsonOf } from './json.ts';
import { cellResult } from './results.ts';

it('of a sweep over data names each row’s own data, and its own engine', () => {
  const sets = [
    { ...madeUpDataset({ train: 30 }), name: 'ten' },
    { ...madeUpDataset({ train: 40 }), id: 'emnist-digits' as const, name: 'digits' },
  ];
  const cells = gridOf('layers=8&cuts=none', [{ key: 'data', values: ['mnist', 'emnist-digits'] }]);
  const results = cells.map((cell, row) => ({
    ...cellResult(cell, [1], [], sets[row], null),
    engine: `engine ${row}`,
  }));
  const rows = sets.map(({ name, digest, train }, row) => ({
    data: { name, digest, train: train.count },
    engine: `engine ${row}`,
  }));
  expect(jsonOf(results, {})).toMatchObject({ grid: rows });
  expect(new Set(sets.map(({ digest }) => digest)).size).toBe(2);
});
