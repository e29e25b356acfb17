import { runsText as text } from '../../text/runs.ts';
import styles from './runs.module.css';

/** A button for runs from files; the page takes dropped ones. */
export function OpenRun({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  return (
    <label className={styles.open}>
      <span className="button">{text.open}</span>
      <input
        type="file"
        multiple
        accept=".json,application/json"
        className="visually-hidden"
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          if (files.length > 0) onFiles(files);
          target.value = '';
        }}
      />
    </label>
  );
}
