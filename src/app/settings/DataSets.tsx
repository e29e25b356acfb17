import { useState } from 'react';
import { DATASETS, type DatasetId } from '../../experiment/datasets.ts';
import { bytes } from '../format.ts';
import { useActions, useSession } from '../store/context.tsx';
import { dataText as text } from '../text/data.ts';
import styles from './panels.module.css';

/** Every split: how large, and where it would come from. */
export function DataSets() {
  const sets = useSession((state) => state.sets);
  const current = useSession((state) => state.dataset?.id);
  const { chooseData, forgetData, rememberData } = useActions();
  const [forgotten, setForgotten] = useState<DatasetId | null>(null);
  return (
    <details>
      <summary>{text.sets}</summary>
      <ul className={styles.sets}>
        {sets.map(({ id, where, bytes: size, cachedBytes, sample }) => {
          const { label, description } = DATASETS[id];
          return (
            <li key={id}>
              <div>
                <strong>{label}</strong>
                {sample && <span className={styles.badge}>{text.sample}</span>}
                <p className={styles.faint}>
                  {description} {text.where[where](bytes(cachedBytes ?? size))}
                </p>
              </div>
              <div className={styles.setActions}>
                {id === current ? (
                  <span className={styles.faint}>{text.inUse}</span>
                ) : (
                  <button
                    type="button"
                    className="button"
                    disabled={where === 'nowhere'}
                    onClick={() => chooseData(id, { download: where === 'mirror' })}
                  >
                    {where === 'mirror' ? text.get(label, bytes(size)) : text.use(label)}
                  </button>
                )}
                {cachedBytes !== null && (
                  <button
                    type="button"
                    className="button"
                    onClick={() => {
                      forgetData(id);
                      setForgotten(id);
                    }}
                  >
                    {text.forget(label)}
                  </button>
                )}
                {id === forgotten && cachedBytes === null && (
                  <span role="status">
                    {text.forgotten(label)}{' '}
                    <button
                      type="button"
                      className="button"
                      onClick={() => {
                        rememberData(id);
                        setForgotten(null);
                      }}
                    >
                      {text.undo}
                    </button>
                  </span>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
