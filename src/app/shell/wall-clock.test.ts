import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand';
import { idleStrategy } from '../../session/idle-strategy.ts';
import { secondsOf, useWallClock, watchClock } from './wall-clock.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
  useWallClock.setState({ seconds: 0, since: null, began: null });
});
afterEach(() => void vi.useRealTimers());

const seconds = () => secondsOf(useWallClock.getState(), performance.now());
const after = (ms: number) => void vi.advanceTimersByTime(ms);

it('counts what a run takes by the wall, its start included, and rests with it', () => {
  const store = createStore(() => ({ run: null as { id: number } | null, status: 'idle', strategies: {} }));
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

it('knows when training began, after all that comes before, and how far it was then', () => {
  const sil = { ...idleStrategy('sil'), step: 40 };
  const store = createStore(() => ({
    ...{ run: null as { id: number } | null, status: 'waiting', strategies: { sil } },
    ...{ totalSteps: 80, recoverySteps: 0 },
  }));
  watchClock({ store } as never);
  after(2000);
  store.setState({
    run: { id: 1 },
    status: 'running',
    strategies: { sil: { ...sil, status: 'evaluating' } },
  });
  after(3000);
  expect(useWallClock.getState().began).toBeNull();
  store.setState({ strategies: { sil: { ...sil, status: 'turn' } } });
  expect(useWallClock.getState().began).toEqual({ seconds: 5, share: 0.5 });
  after(4000);
  store.setState({ strategies: { sil: { ...sil, step: 60, status: 'turn' } } });
  expect(useWallClock.getState().began).toEqual({ seconds: 5, share: 0.5 });
  // Another run has not begun; the first one, brought back, has.
  store.setState({ run: null, status: 'idle', strategies: {} as never });
  expect(useWallClock.getState().began).toBeNull();
  store.setState({ run: { id: 1 }, status: 'paused', strategies: { sil: { ...sil, step: 60 } } });
  expect(useWallClock.getState().began).toEqual({ seconds: 5, share: 0.5 });
});
