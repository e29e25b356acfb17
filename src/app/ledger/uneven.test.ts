import { expect, it } from 'vitest';
import type { Dataset } from '../../data/dataset.ts';
import { DEFAULTS } from '../../experiment/table.ts';
import { unevenRun, unevenness } from './uneven.ts';

const ofCounts = (...counts: number[]) =>
  Uint8Array.from(counts.flatMap((count, label) => Array<number>(count).fill(label)));

it('says how few and how many images classes have, where that is far apart; a class without any does not count', () => {
  expect(unevenness(ofCounts(5, 11, 0, 9), 4)).toEqual({ fewest: 5, most: 11 });
  // MNIST's are this much apart.
  expect(unevenness(ofCounts(54, 67, 60), 3)).toBeNull();
  expect(unevenness(new Uint8Array(0), 3)).toBeNull();
});

it('is of the run that is shown, and only where nothing balances it', () => {
  const dataset = { classes: 2, train: { labels: ofCounts(2, 8) } } as unknown as Dataset;
  const state = { dataset, experiment: DEFAULTS, recording: null };
  expect(unevenRun(state)).toEqual({ fewest: 2, most: 8 });
  for (const balance of ['sampling', 'weights'] as const)
    expect(unevenRun({ ...state, experiment: { ...DEFAULTS, balance } })).toBeNull();
  expect(unevenRun({ ...state, recording: { machine: '', date: '', data: '' } })).toBeNull();
});
