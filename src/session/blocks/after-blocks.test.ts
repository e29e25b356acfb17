import { expect, it } from 'vitest';
import { afterBlocks, ofBlocks, workOfLater } from './after-blocks.ts';

const point = (nearestLabel: number[], testAccuracy: number, phase: 'start' | 'training' = 'training') => ({
  phase,
  nearestLabel,
  testAccuracy,
});

it('knows who is made of blocks', () => {
  expect(ofBlocks({ sil: {}, denoising: {} })).toBe('denoising');
  expect(ofBlocks({ sil: {} })).toBeUndefined();
});

it('tells accuracies after each block: the newest, then the final ones, and none before or where a block is gone', () => {
  const points = [point([0.1, 0.1], 0.1, 'start')];
  expect(afterBlocks({ final: null, points: [] })).toEqual([]);
  expect(afterBlocks({ final: null, points })).toEqual([]);
  const later = [...points, point([0.5, 0.6], 0.7)];
  expect(afterBlocks({ final: null, points: later })).toEqual([0.5, 0.6, 0.7]);
  const final = { accuracy: 0.9, count: 10, nearestLabel: [0.7, 0.8] };
  expect(afterBlocks({ final, points: later })).toEqual([0.7, 0.8, 0.9]);
  expect(afterBlocks({ final: null, points: [point([], NaN)] })).toEqual([]);
});

it('says what later blocks do: half a point is nothing', () => {
  expect(workOfLater([0.7, 0.8, 0.704])).toBe('none');
  expect(workOfLater([0.7, 0.71])).toBe('good');
  expect(workOfLater([0.7, 0.69])).toBe('harm');
  expect(workOfLater([0.7])).toBeNull();
  expect(workOfLater([])).toBeNull();
});
