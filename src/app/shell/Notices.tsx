import { useActions, useSession } from '../store/context.tsx';
import { shellText as text } from '../text/shell.ts';
import { Note } from './Note.tsx';
import styles from './shell.module.css';

/** What the session has to say, newest last; read out politely. What can be taken back leaves by itself: the settings take it back, too. */
export function Notices() {
  const notices = useSession((state) => state.notices);
  const { dismiss, undo } = useActions();
  return (
    <div role="status" aria-label={text.notices} className={styles.notices}>
      {notices.map(({ id, message, undoTo }) => (
        <Note key={id} message={message} onDismiss={() => dismiss(id)} passing={undoTo !== undefined}>
          {undoTo !== undefined && (
            <button type="button" className="button" onClick={() => undo(undoTo)}>
              {text.undo}
            </button>
          )}
        </Note>
      ))}
    </div>
  );
}
