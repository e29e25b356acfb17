import { useEffect, useRef, type ReactNode } from 'react';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

interface DialogProps {
  readonly heading: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A box over the page while it is drawn; Escape and a button close it, and the focus goes back to where it was. */
export function Dialog({ heading, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-label={heading} onClose={onClose}>
      <h2>{heading}</h2>
      {children}
      <form method="dialog">
        <button type="submit" className="button">
          {text.close}
        </button>
      </form>
    </dialog>
  );
}
