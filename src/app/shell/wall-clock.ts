/** How long the run in hand has been going, by the wall: starting, waiting and evaluating count too. */
import { create } from 'zustand';
import type { Session } from '../../session/session.ts';
import { isGoing, type SessionState } from '../../session/state.ts';

interface Clock {
  /** Seconds until the last stop. */
  readonly seconds: number;
  /** When it went on, in milliseconds of `performance.now`; null while it rests. */
  readonly since: number | null;
}

const NEW: Clock = { seconds: 0, since: null };

export const useWallClock = create<Clock>()(() => NEW);

export const secondsOf = ({ seconds, since }: Clock, now: number): number =>
  seconds + (since === null ? 0 : (now - since) / 1000);

/** Seconds that are left, if all goes on as it has; null before a hundredth is done. @param share 0 … 1 */
export const secondsLeft = (seconds: number, share: number): number | null =>
  share < 0.01 ? null : (seconds * (1 - share)) / share;

/** Keeps the clock: a run that is brought back goes on with its own time. */
export function watchClock({ store }: Session): void {
  const kept = new Map<number, number>();
  let run: number | null = null;
  const look = (state: SessionState) => {
    const now = performance.now();
    const clock = useWallClock.getState();
    const id = state.run?.id ?? null;
    const going = isGoing(state.status);
    if (id !== run) {
      if (run !== null) kept.set(run, secondsOf(clock, now));
      // What went before the run had a number, its start, belongs to it.
      const before = run === null && clock.since !== null && going ? clock : NEW;
      const seconds = id === null ? 0 : (kept.get(id) ?? before.seconds);
      run = id;
      useWallClock.setState({ seconds, since: going ? (before.since ?? now) : null });
    } else if (going !== (clock.since !== null)) {
      useWallClock.setState(
        going ? { since: now } : { seconds: id === null ? 0 : secondsOf(clock, now), since: null },
      );
    }
  };
  look(store.getState());
  store.subscribe(look);
}
