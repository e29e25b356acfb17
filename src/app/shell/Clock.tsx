import { useEffect, useState } from 'react';
import { isGoing } from '../../session/state.ts';
import { duration, roughly } from '../format.ts';
import { useSession } from '../store/context.tsx';
import { screenText } from '../text/screen.ts';
import { shareOfRun } from './progress.ts';
import { secondsFor } from './speed.ts';
import { secondsLeft } from './time-left.ts';
import { useMachineSpeed } from './useMachineSpeed.ts';
import styles from './bar.module.css';
import { secondsOf, useWallClock } from './wall-clock.ts';

const text = screenText.clock;

/** What is to come, what is left, or what it took; and a line under the bar that says how far it is. */
export function Clock() {
  const status = useSession((state) => state.status);
  const recorded = useSession((state) => state.recording !== null);
  const { epochs: of, recovery } = useSession((state) => state.experiment);
  const epochs = useSession(({ strategies }) =>
    Math.max(0, ...Object.values(strategies).map((strategy) => strategy.epochs)),
  );
  // In steps that can be seen: it is drawn anew only then.
  const share = useSession((state) => Math.round(500 * shareOfRun(state)) / 500);
  const doing = useSession(({ strategies }) => {
    const busy = Object.values(strategies).find((one) => one.status in text.doing);
    return busy ? (busy.status as keyof typeof text.doing) : null;
  });
  const going = isGoing(status);
  const seconds = useSeconds();
  const finished = status === 'finished' && !recorded;
  const ahead = !going && !finished && (share === 0 || recorded);
  const estimate = useEstimate();
  const began = useWallClock((clock) => clock.began);
  const left =
    began === null
      ? null
      : secondsLeft(
          { share: share - began.share, seconds: seconds - began.seconds },
          share,
          estimate === 'trying' ? null : estimate,
        );
  return (
    <p className={styles.clock}>
      {ahead && <span>{text.epochs(of + recovery)}</span>}
      {/* Its place is kept until it is known. */}
      {ahead && estimate === 'trying' && <b>{text.about('…')}</b>}
      {ahead && typeof estimate === 'number' && <b>{text.about(roughly(estimate))}</b>}
      {/* First what is as long all the time: what follows stays in its place. */}
      {(going || status === 'paused') && <span>{text.epoch(epochs.toFixed(2), of + recovery)}</span>}
      {going && left === null && <span>{text.starting}</span>}
      {going && left !== null && <b>{text.left(roughly(left))}</b>}
      {going && left !== null && doing && <span className={styles.doing}>{text.doing[doing]}</span>}
      {status === 'paused' && <b>{text.paused}</b>}
      {finished && <b className={styles.took}>{text.done(duration(seconds))}</b>}
      {(going || status === 'paused') && (
        <span
          className={styles.progress}
          role="progressbar"
          aria-label={text.progress}
          aria-valuenow={Math.round(100 * share)}
        >
          <i style={{ inlineSize: `${100 * share}%` }} />
        </span>
      )}
    </p>
  );
}

/** Seconds that all of the run will take by what is known of this machine; null where nothing is. */
function useEstimate(): number | 'trying' | null {
  const flops = useSession(({ experiment, costEstimates, totalSteps, recoverySteps }) =>
    experiment.strategies.reduce(
      (sum, id) => sum + (costEstimates[id]?.flopsPerStep ?? 0) * (totalSteps + recoverySteps),
      0,
    ),
  );
  const speed = useMachineSpeed();
  if (flops === 0) return null;
  return typeof speed === 'number' ? secondsFor(flops, speed) : speed;
}

/** Of the run in hand, every second while it goes. */
function useSeconds(): number {
  const clock = useWallClock();
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (clock.since === null) return;
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, [clock.since]);
  return secondsOf(clock, Math.max(now, clock.since ?? 0));
}
