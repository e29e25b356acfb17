import { useState } from 'react';
import { useActions } from '../session/context.tsx';
import { runsText as text } from '../text/runs.ts';
import styles from './runs.module.css';

/** A recording from a file, shown in place of the run at hand. */
export function OpenRun() {
  const { show } = useActions();
  const [problem, setProblem] = useState<string | null>(null);
  const read = async (file: File) => {
    try {
      const { fromFile } = await import('../../session/recording/codec.ts');
      show(fromFile(file.name, await file.text()));
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      <label className={styles.open}>
        <span className="button">{text.open}</span>
        <input
          type="file"
          accept=".json,application/json"
          className="visually-hidden"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) void read(file);
            target.value = '';
          }}
        />
      </label>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      )}
    </>
  );
}
