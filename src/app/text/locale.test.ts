import { describe, expect, it, vi } from 'vitest';
import { STRATEGIES } from '../../experiment/strategies.ts';
import { en } from './en.ts';
import { CHOICES, speak } from './locale.ts';
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

  it('of what a person chooses from are spoken, too: whatever begins with a capital and is no known name', async () => {
    vi.stubGlobal('document', { documentElement: {} });
    await speak('?lang=pseudo');
    const silent = new Set<string>();
    const visit = (node: object) => {
      for (const [key, value] of Object.entries(node)) {
        if (typeof value === 'string' && /^[A-Z]/.test(value) && !value.includes(' ō')) silent.add(key);
        else if (typeof value === 'object' && value !== null) visit(value as object);
      }
    };
    CHOICES.forEach(visit);
    expect([...silent].sort()).toEqual(NAMES_ALONE);
    expect(STRATEGIES.sil.short).not.toBe('SIL');
  });
});

/** Keys whose texts are the same in every language, or a validating library's own. */
const NAMES_ALONE = ['characters', 'expects', 'mirror'];
