import { useEffect, useRef, type ReactNode } from 'react';
import styles from './controls.module.css';
import { handOn, mainPlace } from './hand-on.ts';

interface MenuProps {
  /** What the button says. */
  readonly label: string;
  /** What it is called, where the label alone could be anything's. */
  readonly name?: string;
  /** Before its buttons are seen. */
  readonly onUnfold?: () => void;
  /** Buttons. */
  readonly children: ReactNode;
}

/** A button that unfolds a few more. Escape, a choice, or a step outside folds it again. */
export function Menu({ label, name, onUnfold, children }: MenuProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const fold = () => details.current?.removeAttribute('open');
  /** Who chose by the keyboard goes on at the button; what a choice opens takes the focus from there, and gives it back. */
  const chosen = () => {
    if (details.current?.contains(document.activeElement)) details.current.querySelector('summary')?.focus();
    fold();
    // A choice may take away what the menu belongs to.
    handOn(mainPlace);
  };
  useEffect(() => {
    const outside = ({ target }: Event) => {
      if (target instanceof Node && !details.current?.contains(target)) fold();
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !details.current?.open) return;
      // What lies below stays open.
      event.preventDefault();
      fold();
      details.current.querySelector('summary')?.focus();
    };
    const kinds = ['pointerdown', 'focusin'];
    for (const kind of kinds) document.addEventListener(kind, outside);
    document.addEventListener('keydown', escape);
    return () => {
      for (const kind of kinds) document.removeEventListener(kind, outside);
      document.removeEventListener('keydown', escape);
    };
  }, []);
  return (
    <details
      data-screen=""
      ref={details}
      className={styles.menu}
      onToggle={({ currentTarget }) => currentTarget.open && onUnfold?.()}
    >
      <summary aria-label={name}>{label}</summary>
      {/* A click on one of the buttons reaches the list after the button has done its work. */}
      <div className={styles.menuItems} role="presentation" onClick={chosen}>
        {children}
      </div>
    </details>
  );
}
