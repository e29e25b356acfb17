import { useActions, useSession } from '../store/context.tsx';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

/** What the session has to say, newest last; read out politely. */
export function Notices() {
  const notices = useSession((state) => state.notices);
  const { dismiss, undo } = useActions();
  return (
    <div role="status" aria-label={text.notices} className={styles.notices}>
      {notices.map(({ id, message, undoTo }) => (
        <p key={id} className={styles.notice}>
          <span>{message}</span>
          {undoTo !== undefined && (
            <button type="button" className="button" onClick={() => undo(undoTo)}>
              {text.undo}
            </button>
          )}
          <button type="button" className="button" onClick={() => dismiss(id)}>
            {text.dismiss}
          </button>
        </p>
      ))}
    </div>
  );
}
