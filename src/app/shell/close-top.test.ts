import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useTour } from '../tour/progress.ts';
import { closeTop } from './close-top.ts';
import { enlarge, openSettings, usePanes } from './panes.ts';

beforeEach(() => void vi.stubGlobal('requestAnimationFrame', () => 0));
afterEach(() => void vi.unstubAllGlobals());

it('closes one thing a press, from the top', () => {
  enlarge(true);
  openSettings('data');
  useTour.setState({ step: 0 });
  const open = () => [
    useTour.getState().step !== null,
    usePanes.getState().settings !== false,
    usePanes.getState().enlarged,
  ];
  const pressed = () => {
    closeTop();
    return open();
  };
  expect([pressed(), pressed(), pressed()]).toEqual([
    [false, true, true],
    [false, false, true],
    [false, false, false],
  ]);
});
