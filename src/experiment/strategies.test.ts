import { describe, expect, it } from 'vitest';
import { labelled, ofLabels, STRATEGIES, STRATEGY_IDS } from './strategies.ts';

/** Relative luminance of `#rrggbb` (WCAG 2). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (a: string, b: string): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

describe('lines of strategies', () => {
  const lines = STRATEGY_IDS.map((id) => STRATEGIES[id].line);

  it('differ in colour and in dash', () => {
    for (const of of ['light', 'dark', 'dash'] as const)
      expect(new Set(lines.map((line) => line[of])).size).toBe(lines.length);
  });

  it('are seen on the page in both themes: 3 to 1 or more, as WCAG asks of what is drawn', () => {
    for (const { light, dark } of lines) {
      expect(contrast(light, '#ffffff')).toBeGreaterThanOrEqual(3);
      expect(contrast(dark, '#171b23')).toBeGreaterThanOrEqual(3);
    }
  });
});

it('knows which of the strategies at hand trains on labels', () => {
  expect(labelled(['pipeline', 'sil'])).toBe('sil');
  expect(labelled(['pipeline'])).toBeUndefined();
  expect(ofLabels({ conventional: 1, sil: 2 })).toBe(2);
  expect(ofLabels({ conventional: 1 })).toBeUndefined();
});
