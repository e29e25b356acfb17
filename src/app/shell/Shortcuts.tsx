import { useEffect, useRef, useState } from 'react';
import { isGoing } from '../../session/state.ts';
import { useActions, useSession } from '../store/context.tsx';
import { pickCut } from '../stage/pick-cut.ts';
import { shellText as text } from '../text/shell.ts';
import { isView } from '../view.ts';
import { Dialog } from './Dialog.tsx';
import { closeTop } from './close-top.ts';
import { focusOf, keysWanted, pageKey, wantKeys } from './keys.ts';
import { enlarge, openDialog, openSettings, present, STOPS, usePanes } from './panes.ts';
import styles from './shell.module.css';
import { useOpenView } from './useView.ts';

/** Keys for the whole page, and the list of them. */
export function Shortcuts() {
  const listed = usePanes(({ dialog }) => dialog === 'keys');
  const [wanted, setWanted] = useState(keysWanted);
  const running = useSession(({ status }) => isGoing(status));
  const undoable = useSession((state) => state.canUndo);
  const redoable = useSession((state) => state.canRedo);
  const { play, pause, step, reset, undo, redo } = useActions();
  const openView = useOpenView();
  const open = useRef(openView);
  useEffect(() => void (open.current = openView));
  useEffect(() => {
    const answers = {
      play: running ? pause : play,
      step,
      reset,
      pad: () => document.getElementById('pad')?.focus(),
      list: () => openDialog('keys'),
      search: () => openDialog('search'),
      settings: () => openSettings(),
      enlarge: () => enlarge(!usePanes.getState().enlarged),
      present: () => present(usePanes.getState().presenting === null ? STOPS[0] : null),
      cutBefore: () => pickCut(-1),
      cutAfter: () => pickCut(1),
      undo: () => undo(),
      redo,
    };
    const press = (event: KeyboardEvent) => {
      // Something nearer has answered, or something that closes by itself lies over the page.
      if (event.defaultPrevented || document.querySelector('dialog[open], :popover-open')) return;
      const key = pageKey(event, focusOf(event.target));
      // Where there is nothing to take back, the browser may have something. Undo is no single key: it is always there.
      const useful = key === 'undo' ? undoable : key === 'redo' ? redoable : wanted || key === 'search';
      // Escape is no letter that speech could type: it is always there, too.
      if (key === 'close') return closeTop();
      if (!key || !useful) return;
      event.preventDefault();
      if (!isView(key)) return answers[key]();
      open.current(key);
      document.getElementById(`tab-${key}`)?.focus();
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
