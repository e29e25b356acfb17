import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useTour } from '../tour/progress.ts';
import { closeTop } from './close-top.ts';
import { enlarge, openSettings, present, usePanes } from './panes.ts';

beforeEach(() => {
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('matchMedia', () => ({ matches: true }));
});
afterEach(() => void vi.unstubAllGlobals());

it('closes one thing a press, from the top', () => {
  enlarge(true);
  present('rows');
  openSettings('data');
  useTour.setState({ step: 0 });
  const open = () => [
    useTour.getState().step !== null,
    usePanes.getState().settings !== false,
    usePanes.getState().presenting !== null,
    usePanes.getState().enlarged,
  ];
  const pressed = () => {
    closeTop();
    return open();
  };
  expect([pressed(), pressed(), pressed(), pressed()]).toEqual([
    [false, true, true, true],
    [false, false, true, true],
    [false, false, false, true],
    [false, false, false, false],
  ]);
});
