import { DATASETS, type DatasetId } from '../../experiment/datasets.ts';
import type { DatasetState } from '../../session/state.ts';
import { bytes } from '../format.ts';
import { useActions } from '../store/context.tsx';
import { dataText as text } from '../text/data.ts';
import styles from './panels.module.css';

/** How far a data set is, in bytes, with a way out. */
export function DataProgress({
  progress,
}: {
  readonly progress: Extract<DatasetState, { status: 'loading' }>;
}) {
  const { cancelData } = useActions();
  const { id, phase, loaded, total } = progress;
  const doing = text.phases[phase as keyof typeof text.phases] ?? phase;
  const label = id in DATASETS ? DATASETS[id as DatasetId].label : '';
  const words = text.progress(
    `${doing} ${label}`.trim(),
    bytes(loaded),
    total === null ? null : bytes(total),
  );
  return (
    <div className={styles.progress}>
      <span>{words}</span>
      <progress aria-label={`${doing} ${label}`.trim()} {...(total ? { value: loaded, max: total } : {})} />
      <button type="button" className="button" onClick={cancelData}>
        {text.cancel}
      </button>
    </div>
  );
}
