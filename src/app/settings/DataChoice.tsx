import { DATASETS, isDatasetId } from '../../experiment/datasets.ts';
import { middle } from '../../messages/middle.ts';
import { openSettings } from '../shell/panes.ts';
import { useActions, useSession } from '../store/context.tsx';
import { screenText } from '../text/screen.ts';
import styles from './choice.module.css';

const text = screenText.stage;
const OTHER = 'other';

/** Which data train, among those at hand; the rest is asked for in the settings. */
export function DataChoice() {
  const dataset = useSession((state) => state.dataset);
  const sets = useSession((state) => state.sets);
  const { chooseData } = useActions();
  const here = sets.filter(({ where }) => where === 'beside-app' || where === 'cache');
  const current = dataset && here.every(({ id }) => id !== dataset.id);
  return (
    <label className={`${styles.choice} ${styles.data}`}>
      <span>{text.data}</span>
      <select
        value={dataset?.id ?? OTHER}
        onChange={({ target }) => {
          if (isDatasetId(target.value)) chooseData(target.value);
          else openSettings('data');
        }}
      >
        {current && <option value={dataset.id}>{middle(dataset.name)}</option>}
        {here.map(({ id }) => (
          <option key={id} value={id}>
            {DATASETS[id].label}
          </option>
        ))}
        <option value={OTHER}>{text.otherData}</option>
      </select>
    </label>
  );
}
