import { useState } from 'react';
import { Menu } from '../../controls/Menu.tsx';
import { fetchPart } from '../../late/fetch-part.ts';
import { chartsText as text } from '../../text/charts.ts';
import styles from '../../charts/charts.module.css';

const KINDS = ['csv', 'json', 'svg', 'png'] as const;

/** Every chart of the page as files, at once. */
export function SaveAll() {
  const [problem, setProblem] = useState('');
  const save = async (kind: (typeof KINDS)[number]) => {
    setProblem('');
    try {
      const { saveAll } = await fetchPart(() => import('./save-all.tsx'));
      await saveAll(kind);
    } catch (error) {
      setProblem(text.notSaved(error instanceof Error ? error.message : String(error)));
    }
  };
  return (
    <>
      <Menu label={text.saveAll} name={text.saveAllName}>
        {KINDS.map((kind) => (
          <button key={kind} type="button" onClick={() => void save(kind)}>
            {text[kind]}
          </button>
        ))}
      </Menu>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </>
  );
}
