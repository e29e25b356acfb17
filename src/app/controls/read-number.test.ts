import { describe, expect, it } from 'vitest';
import { readNumber } from './read-number.ts';

const WIDTH = { min: 1, max: 4096, whole: true };
const RATE = { min: 1e-6, max: 10, whole: false };

describe('numbers as typed', () => {
  it.each([
    ['512', 512],
    [' 512 ', 512],
    ['1,000', 1000],
    ['1 000', 1000],
    ['1e3', 1000],
    ['3,000', 3000],
    ['4.0', 4],
  ])('width %s is %d', (text, value) => expect(readNumber(text, WIDTH)).toBe(value));

  it.each([
    ['0.05', 0.05],
    ['0,05', 0.05],
    ['0,001', 0.001],
    [',5', 0.5],
    ['5e-2', 0.05],
  ])('rate %s is %d', (text, value) => expect(readNumber(text, RATE)).toBe(value));

  it.each([
    '',
    'abc',
    '0',
    '4097',
    '1.5',
    '1,5',
    '0x10',
    'NaN',
    'Infinity',
    '1,00',
    '-3',
    '0,001',
    '0,500',
    '0.500',
    '1.000.000',
  ])('width “%s” is refused', (text) => expect(readNumber(text, WIDTH)).toBeNull());

  it.each(['', '0', '11', '--1', '1e400', '1.000.000', '1,234,567'])('rate “%s” is refused', (text) =>
    expect(readNumber(text, RATE)).toBeNull(),
  );

  it.each([
    ['1.000', [1, 1000]],
    ['10.000', [10, 10_000]],
    ['1.500', [1.5, 1500]],
  ])('width %s is one of two numbers, and which is not guessed', (text, values) =>
    expect(readNumber(text, WIDTH)).toEqual(values),
  );

  it.each([
    ['1,500', [1.5, 1500]],
    ['-2,000', [-2, -2000]],
  ])('rate %s is one of two numbers', (text, values) => expect(readNumber(text, RATE)).toEqual(values));

  it.each([
    ['1.000.000', 1e6],
    ['1.234.567,5', 1_234_567.5],
    ['1,234,567.5', 1_234_567.5],
    ['2.500', 2.5],
  ])('%s has one meaning only: %d', (text, value) =>
    expect(readNumber(text, { min: 0, max: 1e9, whole: false })).toBe(value),
  );

  it('takes a value with a meaning of its own, even outside the range', () =>
    expect(readNumber('0', { min: 1, max: 10, whole: true, special: { value: 0, label: 'all' } })).toBe(0));
});
