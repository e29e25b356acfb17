import { isGoing } from '../../session/state.ts';
import { useActions, useSession } from '../store/context.tsx';

interface Play {
  readonly running: boolean;
  /** All epochs are done, or nothing is left that could train on. */
  readonly over: boolean;
  readonly press: () => void;
  /** Undefined where there is no turn to take. */
  readonly step: (() => void) | undefined;
  readonly reset: () => void;
}

/** What the play controls do, in the bar and in a phone's menu. */
export function usePlay(): Play {
  const status = useSession((state) => state.status);
  const recorded = useSession((state) => state.recording !== null);
  const { play, pause, step, reset } = useActions();
  const running = isGoing(status);
  const over = (status === 'finished' || status === 'failed') && !recorded;
  return {
    running,
    over,
    press() {
      if (running) return pause();
      // The same again. The message about it brings back what was there.
      if (over) reset();
      play();
    },
    step: running || over ? undefined : step,
    reset,
  };
}
