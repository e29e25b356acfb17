import { expect, it } from 'vitest';
import { bytes, percent, significant } from '../format.ts';
import { csvOf, jsonOf, shownCell, type TableData } from './table.ts';

const ACCURACY: TableData = {
  head: ['epochs', 'Conventional', 'SIL (=1+1)'],
  units: ['', 'share of 1', 'share of 1'],
  rows: [
    [0, 0.0980392156862745, null],
    [1 / 3, 0.4684, 1],
  ],
  format: (value, column) => (column === 0 ? significant : percent)(value),
};

it('holds numbers in files, whole, with units in the headings', () => {
  expect(csvOf(ACCURACY)).toBe(
    'epochs,Conventional (share of 1),SIL (=1+1) (share of 1)\r\n' +
      '0,0.0980392156862745,\r\n0.3333333333333333,0.4684,1\r\n',
  );
  expect(JSON.parse(JSON.stringify(jsonOf(ACCURACY)))).toEqual({
    head: ['epochs', 'Conventional (share of 1)', 'SIL (=1+1) (share of 1)'],
    rows: ACCURACY.rows,
  });
});

it('reads on the page as people write', () => {
  const { rows, format } = ACCURACY;
  expect(rows.map((row) => row.map((cell, column) => shownCell(cell, column, format)))).toEqual([
    ['0', '9.8%', ''],
    ['0.333', '46.8%', '100.0%'],
  ]);
  expect(shownCell(4_200_000, 1, bytes)).toBe('4.20 MB');
  expect(shownCell('=1', 0)).toBe('=1');
});
