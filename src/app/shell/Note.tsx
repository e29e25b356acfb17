import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

/** Long enough to be read twice. */
const PASSING_MS = 10_000;

interface NoteProps {
  readonly message: string;
  /** What can be answered to it, beside leaving it. */
  readonly children?: ReactNode;
  /** What takes it away; none where each answer does. */
  readonly onDismiss?: () => void;
  /** It leaves by itself: nothing is lost by whoever did not read it. */
  readonly passing?: boolean;
}

/** One thing that there is to say, with the answers to it. */
export function Note({ message, children, onDismiss, passing = false }: NoteProps) {
  const note = useRef<HTMLParagraphElement>(null);
  const leave = useEffectEvent(() => {
    // Nothing is taken from under a pointer or the focus.
    if (!note.current?.matches(':hover, :focus-within')) onDismiss?.();
  });
  useEffect(() => {
    if (!passing) return;
    const timer = setInterval(leave, PASSING_MS);
    return () => clearInterval(timer);
  }, [passing]);
  return (
    <p ref={note} className={styles.notice}>
      <span className={styles.said}>{message}</span>
      <span className={styles.answers}>
        {children}
        {onDismiss && (
          <button
            type="button"
            className={`button ${styles.dismiss}`}
            aria-label={text.dismiss}
            title={text.dismiss}
            onClick={onDismiss}
          >
            ×
          </button>
        )}
      </span>
    </p>
  );
}
