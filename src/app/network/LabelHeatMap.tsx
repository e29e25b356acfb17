import { useEffect, useMemo, useRef } from 'react';
import { significant } from '../format.ts';
import { networkText as text } from '../text/network.ts';
import { useTheme } from '../theme.ts';
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
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme();
  const classes = values.length / width;
  const columns = Math.min(width, MOST_COLUMNS);
  const most = useMemo(
    () => values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0),
    [values],
  );
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) paintHeat(context, { values, width, classes, columns, stride: width / columns });
  }, [values, width, classes, columns, theme]);
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
