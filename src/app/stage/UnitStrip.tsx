import { useCallback } from 'react';
import { usePainted, type Paint } from '../canvas/usePainted.ts';
import type { Bar } from './drawing.ts';
import { paintHeat } from './heat.ts';
import styles from './forward-pass.module.css';

interface UnitStripProps {
  readonly bar: Bar;
  /** What each unit answers, `[units]`. */
  readonly answers: Float32Array;
  /** Which of the layers it is, from the left: a new character reaches it a little after the one before. */
  readonly order: number;
}

const COLUMNS = 4;
const ROWS = 32;

/** The first units of a layer as squares within its bar. */
export function UnitStrip({ bar, answers, order }: UnitStripProps) {
  const columns = Math.min(COLUMNS, answers.length);
  const rows = Math.max(1, Math.min(ROWS, Math.floor(answers.length / columns)));
  const paint = useCallback<Paint>(
    (context) => paintHeat(context, { values: answers, width: columns, classes: rows, columns, stride: 1 }),
    [answers, columns, rows],
  );
  const [canvas] = usePainted(paint);
  return (
    <canvas
      ref={canvas}
      className={styles.units}
      width={columns}
      height={rows}
      style={{
        insetInlineStart: bar.x + 1.5,
        insetBlockStart: bar.y + 3,
        inlineSize: bar.width - 3,
        blockSize: bar.height - 6,
        animationDelay: `${order * 60}ms`,
      }}
      aria-hidden="true"
    />
  );
}
