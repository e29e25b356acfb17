import { expect, it } from 'vitest';
import { csvOf } from './csv.ts';
import { gridOf } from './grid.ts';
import type { CellResult } from './results.ts';

it('a sweep over seeds has one column of them, each line its own', () => {
  const strategies = {
    sil: {
      accuracy: { final: [0.5, 0.25], best: [0.5, 0.5] },
      balancedAccuracy: { final: [0.5, NaN] },
      seconds: [1, 2],
      traffic: {},
      memory: [],
    },
  };
  const cells = gridOf('layers=64x4', [
    { key: 'seed', values: ['3', '8'] },
    { key: 'cuts', values: ['1,2'] },
  ]);
  const results = cells.map((cell) => ({
    ...{ cell, strategies, dataset: { name: 'Made up' }, engine: 'cpu', weights: null },
    seeds: [cell.experiment.seed, cell.experiment.seed + 1],
  })) as unknown as CellResult[];
  const [head, ...lines] = csvOf(results).trim().split('\r\n');
  expect(head).toMatch(/^cuts,strategy,seed,final accuracy,/);
  expect(lines.map((line) => line.split(',').slice(0, 7).join())).toEqual([
    '"1,2",sil,3,0.5,0.5,0.5',
    '"1,2",sil,4,0.25,0.5,',
    '"1,2",sil,8,0.5,0.5,0.5',
    '"1,2",sil,9,0.25,0.5,',
  ]);
});
