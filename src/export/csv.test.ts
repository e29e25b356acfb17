import { expect, it } from 'vitest';
import { csv } from './csv.ts';

it('quotes what needs it', () => {
  const rows = [
    ['a', 'b,c'],
    [1, 'say "x"'],
    [null, -0.5],
  ];
  expect(csv(rows)).toBe('a,"b,c"\r\n1,"say ""x"""\r\n,-0.5\r\n');
});

it.each([
  ['=HYPERLINK("https://example.org","open")', `"'=HYPERLINK(""https://example.org"",""open"")"`],
  ['+1+2', `'+1+2`],
  ['-1,2', `"'-1,2"`],
  ['@SUM(A1)', `'@SUM(A1)`],
  ['\t=1', `'\t=1`],
  ['\r=1', `"'\r=1"`],
  ['\n=1', `"'\n=1"`],
  ['＝1', `'＝1`],
  ['-', `'-`],
])('makes %j a text', (name, cell) => {
  expect(csv([[name]])).toBe(`${cell}\r\n`);
});

it.each(['-5', '+5', '-.5', '-1e-7', '+2.50E+3', 'a=1', '#v=1', "'quoted'", ''])(
  'leaves %j alone',
  (text) => {
    expect(csv([[text]])).toBe(`${text}\r\n`);
  },
);
