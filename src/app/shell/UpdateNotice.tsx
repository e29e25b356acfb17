import { useEffect, useState } from 'react';
import { registerSW } from 'virtual:pwa-register';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

/** Good to know once, and in nobody's way for long. */
const OFFLINE_MS = 10_000;

/** Keeps the page for offline use, and asks before a new version replaces one with a run in it. */
export function UpdateNotice() {
  const [update, setUpdate] = useState<(() => void) | null>(null);
  const [offline, setOffline] = useState(false);
  useEffect(() => {
    const apply = registerSW({
      onNeedRefresh: () => setUpdate(() => () => void apply(true)),
      onOfflineReady: () => setOffline(true),
    });
  }, []);
  useEffect(() => {
    if (!offline) return;
    const timer = setTimeout(() => setOffline(false), OFFLINE_MS);
    return () => clearTimeout(timer);
  }, [offline]);
  return (
    <div role="status" className={styles.notices}>
      {update && (
        <p className={styles.notice}>
          <span>{text.newVersion}</span>
          <button type="button" className="button" onClick={update}>
            {text.reload}
          </button>
          <button type="button" className="button" onClick={() => setUpdate(null)}>
            {text.later}
          </button>
        </p>
      )}
      {offline && (
        <p className={`${styles.notice} ${styles.toast}`}>
          <span>{text.offlineReady}</span>
          <button type="button" className="button" onClick={() => setOffline(false)}>
            {text.dismiss}
          </button>
        </p>
      )}
    </div>
  );
}
