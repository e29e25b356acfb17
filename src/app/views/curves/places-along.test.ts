import { expect, it } from 'vitest';
import { placesAlong } from './places-along.ts';

const values = (width: number, epochs: number) =>
  placesAlong({ from: 18, to: 18 + width }, epochs).map(({ value }) => value);

it('stand at round epochs, and the last one says what they are', () => {
  expect(values(480, 10)).toEqual(['0', '2', '4', '6', '8', '10 epochs']);
  expect(values(480, 1)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1 epoch']);
});

it('leave room for the last one, in a narrow picture and where training is under way', () => {
  expect(values(280, 20)).toEqual(['0', '10', '20 epochs']);
  expect(values(480, 5.13)).toEqual(['0', '2', '4', '5.13 epochs']);
  expect(values(480, 4.05)).toEqual(['0', '1', '2', '3', '4.05 epochs']);
});

it('are none before there is anything', () => {
  expect(values(480, 0)).toEqual([]);
});
