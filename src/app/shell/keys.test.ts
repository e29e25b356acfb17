import { Window } from 'happy-dom';
import { describe, expect, it, vi } from 'vitest';
import { VIEWS } from '../view.ts';
import { focusOf, pageKey } from './keys.ts';

const press = (key: string, more: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  ...more,
});

describe('keys of the page', () => {
  it('answers its own keys and no others', () => {
    expect([' ', '.', 'r', 'R', 'd', '?', 'a'].map((key) => pageKey(press(key), 'page'))).toEqual([
      'play',
      'step',
      'reset',
      'reset',
      'pad',
      'list',
      null,
    ]);
  });

  it('has a key for search, settings, enlarging, cuts, closing and each view', () => {
    expect(
      ['/', ',', 'e', 'E', 'p', 'P', '[', ']', 'Escape'].map((key) => pageKey(press(key), 'page')),
    ).toEqual([
      'search',
      'settings',
      'enlarge',
      'enlarge',
      'present',
      'present',
      'cutBefore',
      'cutAfter',
      'close',
    ]);
    expect(VIEWS.map((_, index) => pageKey(press(`${index + 1}`), 'control'))).toEqual([...VIEWS]);
    expect(pageKey(press('8'), 'page')).toBeNull();
  });

  it.each([' ', '.', 'r', 'd', '?', '/', ',', 'e', '[', ']', 'Escape', '1', '7'])(
    'never answers %j while someone types',
    (key) => expect(pageKey(press(key), 'text')).toBeNull(),
  );

  it('goes on from a cut to the next, and leaves it every other key', () => {
    const { document } = new Window();
    document.body.innerHTML = '<p id="cuts"><b role="slider"></b></p><i role="slider"></i>';
    vi.stubGlobal('Element', document.defaultView!.Element);
    const at = (selector: string) => focusOf(document.querySelector(selector) as unknown as Element);
    expect([at('b'), at('i')]).toEqual(['cut', 'text']);
    vi.unstubAllGlobals();
    expect(['[', ']', '1', ' ', 'Escape'].map((key) => pageKey(press(key), 'cut'))).toEqual([
      'cutBefore',
      'cutAfter',
      null,
      null,
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

  it('takes back by Ctrl+Z or ⌘Z and makes again with Shift or by Ctrl+Y, but not what is being written', () => {
    expect(pageKey(press('z', { ctrlKey: true }), 'page')).toBe('undo');
    expect(pageKey(press('Z', { metaKey: true }), 'control')).toBe('undo');
    expect(pageKey(press('z', { ctrlKey: true }), 'text')).toBeNull();
    expect(pageKey(press('z'), 'page')).toBeNull();
    expect(pageKey(press('Z', { ctrlKey: true, shiftKey: true }), 'page')).toBe('redo');
    expect(pageKey(press('z', { metaKey: true, shiftKey: true }), 'page')).toBe('redo');
    expect(pageKey(press('y', { ctrlKey: true }), 'page')).toBe('redo');
    expect(pageKey(press('y', { ctrlKey: true }), 'text')).toBeNull();
    for (const more of ['altKey', 'metaKey', 'repeat'])
      expect(pageKey(press('z', { ctrlKey: true, [more]: true }), 'page')).toBeNull();
  });
});
