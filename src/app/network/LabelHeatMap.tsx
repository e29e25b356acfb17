import { useEffect, useMemo, useRef } from 'react';
import { significant } from '../format.ts';
import { networkText as text } from '../text/network.ts';
import { useTheme } from '../theme.ts';
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
    if (!context) return;
    const style = getComputedStyle(document.documentElement);
    const [negative, zero, positive] = ['negative', 'zero', 'positive'].map((end) =>
      rgb(style.getPropertyValue(`--heat-${end}`)),
    );
    const image = context.createImageData(columns, classes);
    for (let row = 0; row < classes; row++) {
      for (let column = 0; column < columns; column++) {
        const value = values[row * width + Math.floor((column * width) / columns)] / (most || 1);
        const end = value < 0 ? negative : positive;
        // The square root keeps small entries visible beside a few large ones.
        const share = Math.sqrt(Math.abs(value));
        const at = 4 * (row * columns + column);
        for (let c = 0; c < 3; c++) image.data[at + c] = zero[c] + share * (end[c] - zero[c]);
        image.data[at + 3] = 255;
      }
    }
    context.putImageData(image, 0, 0);
  }, [values, width, classes, columns, most, theme]);
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

function rgb(colour: string): [number, number, number] {
  const hex = colour.trim().replace('#', '');
  return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}
