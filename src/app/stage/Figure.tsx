import type { ReactNode } from 'react';
import { numberAndUnit } from './layout.ts';
import styles from './rows.module.css';

interface FigureProps {
  /** Bytes. */
  readonly value: number;
  /** Of its row, whose unit all have. */
  readonly largest?: number;
  /** Foretold, not measured. */
  readonly about: boolean;
  /** Words before the number, and after its unit: they go first where there is no room. */
  readonly before?: string;
  readonly children?: ReactNode;
}

/** Bytes in a row: where there is no room the words go, then the unit, then the number. The row's tip has them all. */
export function Figure({ value, largest = value, about, before, children }: FigureProps) {
  const { number, unit } = numberAndUnit(value, largest);
  return (
    // A number of another length takes its place: none is pushed aside.
    <b key={`${about} ${number.length}`} className={styles.figure} data-about={about} aria-hidden="true">
      {before && <span className={styles.word}>{before} </span>}
      {about && '≈ '}
      {number}
      <span className={styles.unit}> {unit}</span>
      {children}
    </b>
  );
}
