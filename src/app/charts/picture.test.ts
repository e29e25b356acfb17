import { describe, expect, it } from 'vitest';
import { standalone } from './picture.ts';

const picture = standalone(
  {
    name: 'Loss <all>',
    width: 300,
    height: 100,
    lines: [
      { label: 'Conventional', color: 'var(--a)', dash: '0', secondary: false },
      {
        label: 'SIL, training & more, a rather long name',
        color: 'color-mix(in oklab, var(--a) 60%, var(--b))',
        dash: '8 3',
        secondary: true,
      },
    ],
    svg: '<svg role="x" width="300"><path stroke="var(--a)"/><path stroke="color-mix(in oklab, var(--a) 60%, var(--b))"/></svg>',
  },
  (color) => (color.startsWith('color-mix') ? '#mixed' : '#plain'),
);

describe('a chart as a file', () => {
  it('has no colour that only the page knows', () => {
    expect(picture.svg).not.toMatch(/var\(|color-mix/);
    expect(picture.svg).toContain('<path stroke="#plain"/><path stroke="#mixed"/>');
  });

  it('has its name and a legend, which breaks into lines where it must', () => {
    expect(picture.svg).toContain('<title>Loss &lt;all&gt;</title>');
    expect(picture.svg).toContain('SIL, training &amp; more');
    expect(picture.height).toBe(16 + 26 + 2 * 20 + 100 + 16);
    expect(picture.width).toBe(332);
  });
});
