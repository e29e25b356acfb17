import { useCallback } from 'react';
import { usePainted, type Paint } from '../canvas/usePainted.ts';
import { paintHeat } from './heat.ts';
import styles from './drawing.module.css';

interface LabelStripProps {
  /** `[classes, width]`. */
  readonly values: Float32Array;
  readonly width: number;
  /** Horizontal middle, in the frame. */
  readonly x: number;
  readonly strip: { readonly y: number; readonly width: number; readonly height: number };
}

/** The first units of the label vectors at a cut, a row per class: what the left part learns to answer there. */
export function LabelStrip({ values, width, x, strip }: LabelStripProps) {
  const classes = values.length / width;
  const columns = Math.min(width, 8);
  const paint = useCallback<Paint>(
    (context) => paintHeat(context, { values, width, classes, columns, stride: 1 }),
    [values, width, classes, columns],
  );
  const [canvas] = usePainted(paint);
  return (
    <canvas
      ref={canvas}
      className={styles.strip}
      width={columns}
      height={classes}
      style={{
        translate: `${x - strip.width / 2}px ${strip.y}px`,
        inlineSize: strip.width,
        blockSize: strip.height,
      }}
      aria-hidden="true"
    />
  );
}
