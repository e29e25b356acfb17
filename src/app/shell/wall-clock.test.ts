import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand';
import { secondsLeft, secondsOf, useWallClock, watchClock } from './wall-clock.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const seconds = () => secondsOf(useWallClock.getState(), performance.now());
const after = (ms: number) => void vi.advanceTimersByTime(ms);

it('counts what a run takes by the wall, its start included, and rests with it', () => {
  const store = createStore(() => ({ run: null as { id: number } | null, status: 'idle' }));
  watchClock({ store } as never);
  after(9000);
  expect(seconds()).toBe(0);
  store.setState({ status: 'waiting' });
  after(2000);
  store.setState({ status: 'preparing', run: { id: 1 } });
  after(1000);
  store.setState({ status: 'running' });
  after(4000);
  expect(seconds()).toBe(7);
  store.setState({ status: 'paused' });
  after(60_000);
  expect(seconds()).toBe(7);
  // Another run has a time of its own, and the first one, brought back, goes on with its.
  store.setState({ status: 'idle', run: null });
  expect(seconds()).toBe(0);
  store.setState({ status: 'running', run: { id: 2 } });
  after(3000);
  expect(seconds()).toBe(3);
  store.setState({ status: 'paused', run: { id: 1 } });
  after(3000);
  expect(seconds()).toBe(7);
});

it('says how long is left as soon as anything is done', () => {
  expect(secondsLeft(10, 0)).toBeNull();
  expect(secondsLeft(10, 0.25)).toBe(30);
  expect(secondsLeft(10, 1)).toBe(0);
});
