import { useEffect, useRef } from 'react';
import { useActions, useSession } from '../session/context.tsx';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

/** Whether a key press belongs to what has the focus rather than to the page. */
function taken(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, select, textarea, button, a, summary, dialog, [role="slider"]') !== null
  );
}

/** Keys for the whole page, and the list of them. */
export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  const running = useSession(({ status }) => status === 'running' || status === 'preparing');
  const { play, pause, step, reset } = useActions();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || taken(event.target)) return;
      if (event.key === ' ') (running ? pause : play)();
      else if (event.key === '.') step();
      else if (event.key === 'r' || event.key === 'R') reset();
      else if (event.key === '?') dialog.current?.showModal();
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [running, play, pause, step, reset]);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby="shortcuts-heading">
      <h2 id="shortcuts-heading">{text.shortcuts}</h2>
      <dl>
        {text.shortcutList.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" className="button">
          {text.close}
        </button>
      </form>
    </dialog>
  );
}
