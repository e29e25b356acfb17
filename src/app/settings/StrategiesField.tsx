import { STRATEGIES, STRATEGY_IDS } from '../../experiment/strategies.ts';
import { useActions, useSession } from '../store/context.tsx';
import styles from './panels.module.css';

/** Which strategies take part. At least one does. */
export function StrategiesField() {
  const strategies = useSession((state) => state.experiment.strategies);
  const { change } = useActions();
  return (
    <div className={styles.strategies}>
      {STRATEGY_IDS.map((id) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={strategies.includes(id)}
            disabled={strategies.length === 1 && strategies.includes(id)}
            aria-describedby={`strategy-${id}`}
            onChange={({ target }) =>
              change({
                strategies: STRATEGY_IDS.filter((one) =>
                  one === id ? target.checked : strategies.includes(one),
                ),
              })
            }
          />
          <span>
            <strong>{STRATEGIES[id].label}</strong>
            <small id={`strategy-${id}`}>{STRATEGIES[id].description}</small>
          </span>
        </label>
      ))}
    </div>
  );
}
