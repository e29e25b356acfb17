import { describe, expect, it } from 'vitest';
import { pageKey } from './keys.ts';

const press = (key: string, more: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...more,
});

describe('keys of the page', () => {
  it('answers its own keys and no others', () => {
    expect([' ', '.', 'r', 'R', '?', 'a'].map((key) => pageKey(press(key), 'page'))).toEqual([
      'play',
      'step',
      'reset',
      'reset',
      'list',
      null,
    ]);
  });

  it('leaves the space bar to a button, and everything to a text field', () => {
    expect(pageKey(press(' '), 'control')).toBeNull();
    expect(pageKey(press('.'), 'control')).toBe('step');
    expect(pageKey(press('.'), 'text')).toBeNull();
  });

  it.each(['ctrlKey', 'metaKey', 'altKey', 'repeat'])('lets a press with %s go', (modifier) =>
    expect(pageKey(press('r', { [modifier]: true }), 'page')).toBeNull(),
  );
});
