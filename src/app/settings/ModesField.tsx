import { STRATEGIES, STRATEGY_IDS } from '../../experiment/strategies.ts';
import { useActions, useSession } from '../store/context.tsx';
import styles from './panels.module.css';

/** Which ways of training take part. At least one does. */
export function ModesField() {
  const modes = useSession((state) => state.experiment.modes);
  const { change } = useActions();
  return (
    <div className={styles.modes}>
      {STRATEGY_IDS.map((id) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={modes.includes(id)}
            disabled={modes.length === 1 && modes.includes(id)}
            aria-describedby={`mode-${id}`}
            onChange={({ target }) =>
              change({
                modes: STRATEGY_IDS.filter((one) => (one === id ? target.checked : modes.includes(one))),
              })
            }
          />
          <span>
            <strong>{STRATEGIES[id].label}</strong>
            <small id={`mode-${id}`}>{STRATEGIES[id].description}</small>
          </span>
        </label>
      ))}
    </div>
  );
}
