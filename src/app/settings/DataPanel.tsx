import { CATALOGUE } from '../../data/catalogue.ts';
import { DATASETS, PREFERRED } from '../../experiment/datasets.ts';
import { middle } from '../../messages/middle.ts';
import { bytes, whole } from '../format.ts';
import { useActions, useSession } from '../store/context.tsx';
import { dataText as text } from '../text/data.ts';
import { DataProgress } from './DataProgress.tsx';
import { DataSets } from './DataSets.tsx';
import styles from './panels.module.css';
import { Remarks } from './Remarks.tsx';
import { Samples } from './Samples.tsx';

const WANTED = PREFERRED;

/** Which images train the network: what is in use, what else there is, and where files can be dropped. */
export function DataPanel() {
  const dataset = useSession((state) => state.dataset);
  const data = useSession((state) => state.data);
  const wanted = useSession(({ sets }) => sets.find(({ id }) => id === WANTED));
  const { chooseData, dropFiles } = useActions();
  return (
    <section className={styles.fields} aria-label={text.heading}>
      {dataset ? (
        <>
          <p className={styles.dataName}>
            <strong title={dataset.name}>{middle(dataset.name)}</strong>{' '}
            {dataset.provenance.verified !== 'unknown' && (
              <span className={styles.badge}>{text.verified[dataset.provenance.verified]}</span>
            )}
          </p>
          <p className={styles.faint}>
            {text.facts(whole(dataset.train.count), whole(dataset.test.count), dataset.classes)}
          </p>
          <Samples dataset={dataset} />
          <Remarks remarks={dataset.remarks} />
        </>
      ) : (
        data.status !== 'loading' && data.status !== 'asking' && <p>{text.none}</p>
      )}
      {data.status === 'loading' && <DataProgress progress={data} />}
      {data.status === 'failed' && (
        <p className={styles.failed} role="alert">
          {data.message}
        </p>
      )}
      {wanted?.where === 'mirror' && dataset?.id !== WANTED && data.status !== 'loading' && (
        <button
          type="button"
          className="button primary"
          onClick={() => chooseData(WANTED, { download: true })}
        >
          {text.get(DATASETS[WANTED].label, bytes(wanted.bytes || CATALOGUE[WANTED].bytes))}
        </button>
      )}
      <DataSets />
      <label className={styles.drop}>
        <span className="button">{text.files}</span>
        <input
          type="file"
          multiple
          className="visually-hidden"
          onChange={({ target }) => {
            dropFiles([...(target.files ?? [])]);
            target.value = '';
          }}
        />
        <span className={styles.faint}>{text.drop}</span>
      </label>
    </section>
  );
}
