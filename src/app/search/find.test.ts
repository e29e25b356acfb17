import { expect, it } from 'vitest';
import { find, type Found } from './find.ts';

const open = () => {};
const ALL: readonly Found[] = [
  { kind: 'View', name: 'Devices', also: 'lanes traffic', open },
  { kind: 'Setting', name: 'Learning rate', open },
  { kind: 'Setting', name: 'Learning rate of recovery', open },
  { kind: 'Run', name: 'Über-Läufe, 5 × 512', open },
  { kind: 'Setting', name: 'Rate of learning', open },
];
const names = (typed: string) => find(ALL, typed).map(({ name }) => name);

it('finds what has every word that was typed, at the beginning of a word', () => {
  expect(names('learn rate')).toEqual(['Learning rate', 'Learning rate of recovery', 'Rate of learning']);
  expect(names('earning')).toEqual([]);
  expect(names('lanes')).toEqual(['Devices']);
  expect(names('setting rec')).toEqual(['Learning rate of recovery']);
});

it('takes no notice of case, accents and marks', () => {
  expect(names('uber LAUFE 512')).toEqual(['Über-Läufe, 5 × 512']);
  expect(names('learning rate?')).toEqual(names('learning rate'));
});

it('offers what there is before anything is typed, and never more than fits', () => {
  expect(names(' ')).toHaveLength(ALL.length);
  expect(
    find(
      Array.from({ length: 30 }, () => ALL[0]),
      'dev',
    ),
  ).toHaveLength(8);
});
