import { useEffect, useState } from 'react';
import { isGoing } from '../../session/state.ts';
import { useActions, useSession } from '../store/context.tsx';
import { shellText as text } from '../text/shell.ts';
import { Dialog } from './Dialog.tsx';
import { focusOf, keysWanted, pageKey, wantKeys } from './keys.ts';
import { openDialog, openSettings, usePanes } from './panes.ts';
import styles from './shell.module.css';

/** Keys for the whole page, and the list of them. */
export function Shortcuts() {
  const listed = usePanes(({ dialog }) => dialog === 'keys');
  const [wanted, setWanted] = useState(keysWanted);
  const running = useSession(({ status }) => isGoing(status));
  const undoable = useSession((state) => state.canUndo);
  const redoable = useSession((state) => state.canRedo);
  const { play, pause, step, reset, undo, redo } = useActions();
  useEffect(() => {
    const answers = {
      play: running ? pause : play,
      step,
      reset,
      pad: () => document.getElementById('pad')?.focus(),
      list: () => openDialog('keys'),
      search: () => openDialog('search'),
      settings: () => openSettings(),
      undo: () => undo(),
      redo,
    };
    const press = (event: KeyboardEvent) => {
      const key = document.querySelector('dialog[open]') ? null : pageKey(event, focusOf(event.target));
      // Where there is nothing to take back, the browser may have something. Undo is no single key: it is always there.
      const useful = key === 'undo' ? undoable : key === 'redo' ? redoable : wanted || key === 'search';
      if (!key || !useful) return;
      event.preventDefault();
      answers[key]();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [wanted, undoable, redoable, running, play, pause, step, reset, undo, redo]);
  const want = (on: boolean) => {
    wantKeys(on);
    setWanted(on);
  };
  if (!listed) return null;
  return (
    <Dialog heading={text.shortcuts} onClose={() => openDialog(null)}>
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
      <label className={styles.want}>
        <input type="checkbox" checked={wanted} onChange={({ target }) => want(target.checked)} />
        {text.shortcutsOn}
      </label>
    </Dialog>
  );
}
