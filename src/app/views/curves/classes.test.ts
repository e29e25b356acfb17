import { expect, it } from 'vitest';
import { idleStrategy } from '../../../session/idle-strategy.ts';
import type { Point, StrategyState } from '../../../session/state.ts';
import { csvOf, shownCell } from '../../charts/table.ts';
import { classPictures, classTables } from './classes.ts';

const point = (epochs: number, classAccuracy: Point['classAccuracy']) => ({ epochs, classAccuracy }) as Point;
const sil: StrategyState = {
  ...idleStrategy('sil'),
  points: [point(0, [0, 0.5, null]), point(1, [0.25, 0.75, null])],
};
const conventional: StrategyState = {
  ...idleStrategy('conventional'),
  points: [point(0, [0.125, 0.5, null])],
  final: { accuracy: 0.5, classAccuracy: [0.3, 0.9, null], count: 40 },
};
const classes = { counts: [800, 20, 55], characters: ['a', 'b', 'c'] };

it('has the rarest class first, with its training images, and the final figure where there is one', () => {
  const { head, rows, format } = classTables([conventional, sil], classes)!.shown;
  expect(head).toEqual(['Class', 'Training images', 'Conventional', 'SIL']);
  expect(rows.map((row) => row.map((cell, column) => shownCell(cell, column, format)))).toEqual([
    ['b', '20', '90.0%', '75.0%'],
    ['c', '55', '', ''],
    ['a', '800', '30.0%', '25.0%'],
  ]);
});

it('is saved with every evaluation on the way', () => {
  expect(csvOf(classTables([conventional, sil], classes)!.overTime).split('\r\n')).toEqual([
    'Strategy,epochs,b (share of 1),c (share of 1),a (share of 1)',
    'Conventional,0,0.5,,0.125',
    'SIL,0,0.5,,0',
    'SIL,1,0.75,,0.25',
    '',
  ]);
});

it('is none where nothing was measured by class, as in a link', () => {
  expect(classTables([{ ...sil, points: [point(0, [])] }], classes)).toBeNull();
});

it('is drawn with the rarest class first, and the final figures at the end', () => {
  const later = { ...conventional, points: [...conventional.points, point(1, [0.2, 0.6, null])] };
  expect(classPictures([later, { ...sil, points: [] }], classes.counts)).toEqual([
    {
      id: 'conventional',
      columns: [
        { epochs: 0, accuracies: [0.5, null, 0.125] },
        { epochs: 1, accuracies: [0.9, null, 0.3] },
      ],
    },
  ]);
});
