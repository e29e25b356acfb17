import { useState } from 'react';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

interface BrokenProps {
  readonly error: Error;
  /** What broke, as a sentence. */
  readonly what: string;
}

/** A sentence, the details for whoever mends it, and a way back. */
export function Broken({ error, what }: BrokenProps) {
  const [said, setSaid] = useState<'copied' | 'refused' | null>(null);
  const details = `${error.stack ?? error.message}\n${navigator.userAgent}\n${location.href}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(details);
      setSaid('copied');
    } catch {
      setSaid('refused');
    }
  };
  return (
    <div className={styles.broken} role="alert">
      <h2>{what}</h2>
      <p>{text.crashedWhat}</p>
      <p className={styles.details}>{error.message}</p>
      <p>
        <button type="button" className="button primary" onClick={() => location.reload()}>
          {text.reload}
        </button>{' '}
        <button type="button" className="button" onClick={() => void copy()}>
          {text.copyDetails}
        </button>{' '}
        {said === 'copied' && text.detailsCopied}
      </p>
      {said === 'refused' && (
        <label>
          {text.detailsByHand}
          <textarea readOnly rows={8} value={details} onFocus={({ target }) => target.select()} />
        </label>
      )}
    </div>
  );
}
