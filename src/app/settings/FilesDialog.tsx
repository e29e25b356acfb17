import { useEffect, useRef, useState } from 'react';
import type { Answers } from '../../data/answers.ts';
import type { Dataset } from '../../data/dataset.ts';
import { CATALOGUE } from '../../data/catalogue.ts';
import { mirrored, turned } from '../../data/orientation.ts';
import { DATASET_IDS, DATASETS, isDatasetId } from '../../experiment/datasets.ts';
import type { DatasetState } from '../../session/state.ts';
import { whole } from '../format.ts';
import { useActions, useSession } from '../store/context.tsx';
import { dataText as text } from '../text/data.ts';
import styles from './panels.module.css';
import { Samples } from './Samples.tsx';

type Asking = Extract<DatasetState, { status: 'asking' }>;

/** Asks how dropped files are meant where neither names nor counts nor pictures say it, and shows what each answer does. */
export function FilesDialog() {
  const data = useSession((state) => state.data);
  const [asking, setAsking] = useState<Asking | null>(null);
  const rereading = data.status === 'loading' && data.id === 'files';
  // What was understood last stays while the files are read anew.
  const now = data.status === 'asking' ? data : rereading ? asking : null;
  if (now !== asking) setAsking(now);
  return now && <Dialog asking={now} busy={rereading} />;
}

function Dialog({ asking, busy }: { readonly asking: Asking; readonly busy: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { answerFiles, takeFiles, cancelData } = useActions();
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const { dataset, answers } = asking;
  const { understood } = dataset;
  if (!understood) return null;
  const { orientation } = understood;
  // Not disabled while files are read: whoever pressed a button keeps the focus on it.
  const answer = (more: Answers) => {
    if (!busy) answerFiles({ ...answers, ...more });
  };
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby="files-heading"
      aria-describedby="files-open"
      onCancel={(event) => {
        event.preventDefault();
        cancelData();
      }}
    >
      <h2 id="files-heading">{text.asking}</h2>
      <ul id="files-open">
        {understood.guessed.map((guess) => (
          <li key={guess}>{text.guessed[guess]}</li>
        ))}
      </ul>
      <p role="status">
        {text.understood(CATALOGUE[dataset.id].label, whole(dataset.train.count), whole(dataset.test.count))}
      </p>
      <Samples dataset={dataset} />
      <div className={styles.answers}>
        <button type="button" className="button" onClick={() => answer({ orientation: turned(orientation) })}>
          {text.turn}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => answer({ orientation: mirrored(orientation) })}
        >
          {text.mirror}
        </button>
        <button type="button" className="button" onClick={() => answer({ swap: !answers.swap })}>
          {text.swap}
        </button>
        {understood.guessed.includes('pairs') && (
          <button type="button" className="button" onClick={() => answer({ exchange: !answers.exchange })}>
            {text.exchange}
          </button>
        )}
        <label>
          {text.otherSet}{' '}
          <select
            value={dataset.id}
            onChange={({ target }) => {
              if (isDatasetId(target.value)) answer({ set: target.value });
            }}
          >
            {fittingSets(dataset).map((id) => (
              <option key={id} value={id}>
                {CATALOGUE[id].label}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className={styles.answers}>
        <button type="button" className="button primary" onClick={() => busy || takeFiles()}>
          {text.useThese}
        </button>
        <button type="button" className="button" onClick={cancelData}>
          {text.cancelFiles}
        </button>
      </div>
    </dialog>
  );
}

/** Sets whose classes these labels can be. */
function fittingSets({ id, train, test }: Dataset) {
  // Labels of a data set count from 0, those of its files from where the set's own do.
  const shift = CATALOGUE[id].firstLabel;
  let [lowest, highest] = [255, 0];
  for (const { labels } of [train, test]) {
    for (const label of labels) {
      lowest = Math.min(lowest, label + shift);
      highest = Math.max(highest, label + shift);
    }
  }
  return DATASET_IDS.filter((one) => {
    const { firstLabel } = CATALOGUE[one];
    return lowest >= firstLabel && highest < firstLabel + DATASETS[one].shape.classes;
  });
}
