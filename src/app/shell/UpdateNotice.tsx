import { useEffect, useRef, useState } from 'react';
import { registerSW } from 'virtual:pwa-register';
import { shellText as text } from '../text/shell.ts';
import { Note } from './Note.tsx';
import styles from './shell.module.css';

/**
 * Keeps the page for offline use, and asks before a new version replaces one with a run in it. A tab that was not asked,
 * or said *Later*, is told when another one has let the new version in; it reloads when it is told to.
 */
export function UpdateNotice() {
  const [update, setUpdate] = useState<'ready' | 'elsewhere' | null>(null);
  const reload = useRef(() => location.reload());
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    let asked = false;
    const letIn = registerSW({
      onNeedRefresh: () => setUpdate('ready'),
      // The new version is in place, for all tabs at once.
      onNeedReload() {
        // Who asked is asked again where a run would be lost, and may stay.
        setUpdate('elsewhere');
        if (asked) location.reload();
      },
      onOfflineReady: () => setOffline(true),
    });
    reload.current = () => {
      asked = true;
      void letIn();
    };
  }, []);
  return (
    <div role="status" className={styles.notices}>
      {update && (
        <Note message={update === 'ready' ? text.newVersion : text.newVersionElsewhere}>
          <button
            type="button"
            className="button"
            onClick={() => (update === 'ready' ? reload.current() : location.reload())}
          >
            {text.reload}
          </button>
          <button type="button" className="button" onClick={() => setUpdate(null)}>
            {text.later}
          </button>
        </Note>
      )}
      {offline && <Note message={text.offlineReady} onDismiss={() => setOffline(false)} passing />}
    </div>
  );
}
