import { STRATEGIES } from '../../experiment/strategies.ts';
import { duration, percent } from '../format.ts';
import { dashOf } from '../modes.ts';
import { useSession } from '../session/context.tsx';
import { useModes } from '../session/modes.ts';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

/** A line per way of training: its sample of line, newest accuracy, own clock, and what it is doing. */
export function ModeClocks() {
  const modes = useModes();
  const paused = useSession(({ status }) => status === 'paused');
  return (
    <ul className={styles.clocks}>
      {Object.values(modes).map(({ id, status, points, final, seconds }) => {
        // A point is of some test images, the end of all of them.
        const accuracy = final?.accuracy ?? points.at(-1)?.testAccuracy;
        const busy = status === 'turn' || status === 'waiting';
        return (
          <li key={id}>
            <svg viewBox="0 0 28 4" width="28" height="4" aria-hidden="true">
              <line
                x1="0"
                x2="28"
                y1="2"
                y2="2"
                stroke={`var(--mode-${id})`}
                strokeWidth="3"
                strokeDasharray={dashOf(id)}
              />
            </svg>
            <span>{STRATEGIES[id].label}</span>
            <strong>{accuracy === undefined ? '–' : percent(accuracy)}</strong>
            <span className={styles.clock}>{duration(seconds)}</span>
            <span className={styles.status}>{busy && paused ? text.paused : text.statuses[status]}</span>
          </li>
        );
      })}
    </ul>
  );
}
