import { runsText as text } from '../../text/runs.ts';
import styles from './runs.module.css';

/** A button for a run from a file; the panel around it takes dropped ones. */
export function OpenRun({ onFile }: { readonly onFile: (file: File) => void }) {
  return (
    <label className={styles.open}>
      <span className="button">{text.open}</span>
      <input
        type="file"
        accept=".json,application/json"
        className="visually-hidden"
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file) onFile(file);
          target.value = '';
        }}
      />
    </label>
  );
}
