/** How long the run in hand has been going, by the wall: starting, waiting and evaluating count too. */
import { create } from 'zustand';
import type { Session } from '../../session/session.ts';
import { isGoing, type SessionState } from '../../session/state.ts';
import { shareOfRun } from './progress.ts';

interface Clock {
  /** Seconds until the last stop. */
  readonly seconds: number;
  /** When it went on, in milliseconds of `performance.now`; null while it rests. */
  readonly since: number | null;
  /** Where it stood when the run was first seen to train here, and how far the run was then; null before. */
  readonly began: { readonly seconds: number; readonly share: number } | null;
}

const NEW: Clock = { seconds: 0, since: null, began: null };

export const useWallClock = create<Clock>()(() => NEW);

export const secondsOf = ({ seconds, since }: Pick<Clock, 'seconds' | 'since'>, now: number): number =>
  seconds + (since === null ? 0 : (now - since) / 1000);

/** Keeps the clock: a run that is brought back goes on with its own time. */
export function watchClock({ store }: Session): void {
  const kept = new Map<number, Clock>();
  let run: number | null = null;
  const look = (state: SessionState) => {
    const now = performance.now();
    const clock = useWallClock.getState();
    const id = state.run?.id ?? null;
    const going = isGoing(state.status);
    if (id !== run) {
      if (run !== null) kept.set(run, { ...clock, seconds: secondsOf(clock, now) });
      // What went before the run had a number, its start, belongs to it.
      const before = run === null && clock.since !== null && going ? clock : NEW;
      const { seconds, began } = (id === null ? null : kept.get(id)) ?? before;
      run = id;
      useWallClock.setState({
        seconds: id === null ? 0 : seconds,
        since: going ? (before.since ?? now) : null,
        began,
      });
    } else if (going !== (clock.since !== null)) {
      useWallClock.setState(
        going ? { since: now } : { seconds: id === null ? 0 : secondsOf(clock, now), since: null },
      );
    }
    if (
      useWallClock.getState().began === null &&
      Object.values(state.strategies).some(({ status }) => status === 'turn')
    )
      useWallClock.setState({
        began: { seconds: secondsOf(useWallClock.getState(), now), share: shareOfRun(state) },
      });
  };
  look(store.getState());
  store.subscribe(look);
}
