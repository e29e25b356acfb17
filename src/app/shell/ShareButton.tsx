import { useState } from 'react';
import { useSession } from '../session/context.tsx';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

/** Copies the link that opens this experiment; where the clipboard is refused, shows it to be copied by hand. */
export function ShareButton() {
  const fragment = useSession((state) => state.fragment);
  const [said, setSaid] = useState<{ readonly fragment: string; readonly copied: boolean } | null>(null);
  const link = `${location.origin}${location.pathname}${location.search}#${fragment}`;
  const share = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setSaid({ fragment, copied: true });
    } catch {
      setSaid({ fragment, copied: false });
    }
  };
  // What was said holds only for the link it was said of.
  const current = said?.fragment === fragment ? said : null;
  return (
    <div className={styles.share}>
      <button type="button" className="button" onClick={() => void share()}>
        {text.share}
      </button>
      <div role="status" className={current ? styles.popover : 'visually-hidden'}>
        {current?.copied === true && text.copied}
        {current?.copied === false && (
          <label>
            {text.copyByHand}
            <input readOnly value={link} onFocus={({ target }) => target.select()} />
          </label>
        )}
        {current && (
          <button type="button" className="button" onClick={() => setSaid(null)}>
            {text.dismiss}
          </button>
        )}
      </div>
    </div>
  );
}
