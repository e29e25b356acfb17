import { Window } from 'happy-dom';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { handOn, pressable } from './hand-on.ts';

let page: Window;
const frames: (() => void)[] = [];
const draw = () => frames.splice(0).forEach((frame) => frame());
const named = (id: string) => page.document.getElementById(id) as unknown as HTMLElement | null;

beforeEach(() => {
  page = new Window();
  page.document.body.innerHTML = '<button id="a"></button><button id="b"></button>';
  vi.stubGlobal('document', page.document);
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
});
afterEach(() => void vi.unstubAllGlobals());

it('hands the focus to the first that can take it once the pressed one is gone', () => {
  named('a')!.focus();
  handOn(
    () => named('nowhere'),
    () => named('b'),
  );
  named('a')!.remove();
  draw();
  expect(page.document.activeElement?.id).toBe('b');
});

it('leaves the focus where it is kept', () => {
  named('a')!.focus();
  handOn(() => named('b'));
  draw();
  expect(page.document.activeElement?.id).toBe('a');
});

it('keeps a button that has nothing to do in reach of the focus', () => {
  const act = () => {};
  expect(pressable(act)).toEqual({ 'aria-disabled': false, onClick: act });
  expect(pressable(undefined)).toEqual({ 'aria-disabled': true, onClick: undefined });
});
