import { pressable } from '../controls/hand-on.ts';
import { shellText as text } from '../text/shell.ts';
import styles from './bar.module.css';
import { Clock } from './Clock.tsx';
import { Mini } from './Mini.tsx';
import { usePlay } from './usePlay.ts';

/** Starts and stops training, and says how far it is. On a phone it lies at the thumb. */
export function PlayControls() {
  const { running, over, press, step, reset } = usePlay();
  return (
    <div id="controls" className={styles.run} role="group" aria-label={text.controls}>
      <button type="button" className={`button primary ${styles.play}`} onClick={press}>
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <path d={running ? 'M3 2h4v12H3zM9 2h4v12H9z' : 'M3 1.5v13l11-6.5z'} fill="currentColor" />
        </svg>
        <span className={styles.words} data-longest={text.trainAgain}>
          {running ? text.pause : over ? text.trainAgain : text.train}
        </span>
      </button>
      <button
        type="button"
        className={`button ${styles.icon} ${styles.once}`}
        aria-label={text.step}
        title={text.step}
        {...pressable(step)}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M3 2.5v11L11 8zM12.5 2.5v11" className={styles.stroked} />
        </svg>
      </button>
      <button
        type="button"
        className={`button ${styles.icon} ${styles.again}`}
        aria-label={text.reset}
        title={text.reset}
        onClick={reset}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M3 2.5v4h4M3.4 6.3A5.3 5.3 0 1 1 2.9 10" className={styles.stroked} />
        </svg>
      </button>
      <Clock />
      <Mini />
    </div>
  );
}
