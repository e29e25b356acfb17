import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { pseudo } from './pseudo.ts';

describe('texts', () => {
  it('are all there: no empty one, whatever the area', () => {
    const empty: string[] = [];
    const visit = (node: unknown, path: string) => {
      if (node === '') empty.push(path);
      if (typeof node === 'object' && node !== null)
        for (const [key, value] of Object.entries(node)) visit(value, `${path}.${key}`);
    };
    visit(en, 'en');
    expect(empty).toEqual([]);
  });

  it('in the pseudo-locale are at least 40% longer, and numbers stay', () => {
    const { translate } = pseudo('ltr');
    for (const text of ['Train', 'What each strategy costs', 'a']) {
      expect(translate(text).length).toBeGreaterThanOrEqual(1.4 * text.length);
      expect(translate(text)).not.toContain(text);
    }
    expect(translate('12.5%')).toBe('12.5%');
  });
});
