import type { ReactNode } from 'react';
import styles from './controls.module.css';
import { pressable } from './hand-on.ts';

interface StepperProps {
  /** What the buttons do, in words. */
  readonly fewer: string;
  readonly more: string;
  /** Left out where there can be no fewer, or no more. */
  readonly onFewer: (() => void) | undefined;
  readonly onMore: (() => void) | undefined;
  /** The count. */
  readonly children: ReactNode;
}

/** A count between a button for one fewer and a button for one more. */
export function Stepper({ fewer, more, onFewer, onMore, children }: StepperProps) {
  return (
    <span className={styles.stepper}>
      <button type="button" className="button" aria-label={fewer} title={fewer} {...pressable(onFewer)}>
        −
      </button>
      <output>{children}</output>
      <button type="button" className="button" aria-label={more} title={more} {...pressable(onMore)}>
        +
      </button>
    </span>
  );
}
