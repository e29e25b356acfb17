import type { StrategyId } from '../../experiment/strategies.ts';
import { STRATEGIES } from '../../experiment/strategies.ts';
import { LineSample } from '../controls/LineSample.tsx';
import { percent } from '../format.ts';
import { pairOf } from '../ledger/standing.ts';
import { useStrategies } from '../store/strategies.ts';
import styles from './bar.module.css';

/** The two accuracies that are compared, for a phone: they stay at the thumb, whatever is scrolled to. */
export function Mini() {
  const strategies = useStrategies();
  const pair = pairOf(Object.keys(strategies) as StrategyId[]);
  const ids = pair ? [pair.against, pair.who] : (Object.keys(strategies) as StrategyId[]);
  return (
    <ul className={styles.mini}>
      {ids.map((id) => {
        const strategy = strategies[id];
        // A point is of some test images, the end of all of them.
        const accuracy = strategy?.final?.accuracy ?? strategy?.points.at(-1)?.testAccuracy;
        return (
          <li key={id}>
            <LineSample id={id} />
            <span className="visually-hidden">{STRATEGIES[id].label}</span>
            <b>{accuracy === undefined ? '–' : percent(accuracy)}</b>
          </li>
        );
      })}
    </ul>
  );
}
