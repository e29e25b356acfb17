import { Note } from '../shell/Note.tsx';
import shell from '../shell/shell.module.css';
import { dropText as text } from '../text/drop.ts';
import styles from './drop.module.css';
import { useDrop } from './useDrop.ts';

/** A frame inside the window while files are held over it, and what came of those that were dropped. */
export function DropAnywhere() {
  const { over, said, problems, dismiss } = useDrop();
  return (
    <>
      <div className={shell.notices} role="status" aria-label={text.name}>
        {(said !== null || problems.length > 0) && (
          <Note message={[said, ...problems].filter(Boolean).join(' ')} onDismiss={dismiss} />
        )}
      </div>
      {over && (
        <div className={styles.frame} aria-hidden="true">
          <p className={styles.words}>{text.here}</p>
        </div>
      )}
    </>
  );
}
