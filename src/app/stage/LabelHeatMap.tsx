import { useCallback, useMemo } from 'react';
import { usePainted, type Paint } from '../canvas/usePainted.ts';
import { significant } from '../format.ts';
import { networkText as text } from '../text/network.ts';
import { paintHeat } from './heat.ts';
import styles from './network.module.css';

interface LabelHeatMapProps {
  /** `[classes, width]`. */
  readonly values: Float32Array;
  readonly width: number;
  readonly name: string;
}

/** Columns drawn at most: more than a card has pixels. */
const MOST_COLUMNS = 256;

/** Label vectors as colours: a row per class, a column per unit. Wide tables show every n-th unit, as it is. */
export function LabelHeatMap({ values, width, name }: LabelHeatMapProps) {
  const classes = values.length / width;
  const columns = Math.min(width, MOST_COLUMNS);
  const most = useMemo(
    () => values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0),
    [values],
  );
  const paint = useCallback<Paint>(
    (context) => paintHeat(context, { values, width, classes, columns, stride: width / columns }),
    [values, width, classes, columns],
  );
  const [canvas] = usePainted(paint);
  return (
    <>
      <canvas
        ref={canvas}
        className={styles.heat}
        width={columns}
        height={classes}
        role="img"
        aria-label={name}
      />
      <p className={styles.heatLegend}>
        <span>{text.minus(significant(most))}</span>
        <i aria-hidden="true" />
        <span>{significant(most)}</span>
      </p>
    </>
  );
}
