import { STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import { LineSample } from '../controls/LineSample.tsx';
import { duration, percent } from '../format.ts';
import { useSession } from '../store/context.tsx';
import { useStrategies } from '../store/modes.ts';
import { shellText as text } from '../text/shell.ts';
import { shareDone } from './progress.ts';
import styles from './shell.module.css';

/** A line per strategy: its sample of line, newest accuracy, own clock, and what it is doing. */
export function StrategyClocks() {
  const strategies = useStrategies();
  const paused = useSession(({ status }) => status === 'paused');
  return (
    <ul className={styles.clocks}>
      {Object.values(strategies).map(({ id, status, points, final, seconds }) => {
        // A point is of some test images, the end of all of them.
        const accuracy = final?.accuracy ?? points.at(-1)?.testAccuracy;
        const busy = status === 'turn' || status === 'waiting';
        return (
          <li key={id}>
            <LineSample id={id} />
            <span>{STRATEGIES[id].label}</span>
            <strong>{accuracy === undefined ? '–' : percent(accuracy)}</strong>
            <span className={styles.clock}>{duration(seconds)}</span>
            <span className={styles.status}>{busy && paused ? text.paused : text.statuses[status]}</span>
            <Progress id={id} />
          </li>
        );
      })}
    </ul>
  );
}

/** How far it is, also within its turn. The epochs say the same in numbers. */
function Progress({ id }: { readonly id: StrategyId }) {
  // In steps that can be seen: the drawing is renewed only then.
  const share = useSession((state) => Math.round(250 * shareDone(state, id)) / 250);
  const done = `${100 * share}%`;
  if (share === 0 || share === 1) return null;
  return (
    <i
      className={styles.progress}
      style={{ background: `linear-gradient(to right, var(--strategy-${id}) ${done}, var(--line) ${done})` }}
    />
  );
}
