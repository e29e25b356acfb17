import { useCallback } from 'react';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import { colorOf } from '../../canvas/palette.ts';
import { usePainted, type Paint } from '../../canvas/usePainted.ts';
import { percent } from '../../format.ts';
import { chartsText as text } from '../../text/charts.ts';
import type { ClassPicture } from './classes.ts';
import styles from './classes.module.css';

interface ClassesOverTimeProps {
  readonly picture: ClassPicture;
  /** Of all strategies' training, so that their pictures have one axis. */
  readonly epochs: number;
  /** Names of the classes, in the order of the picture. */
  readonly names: readonly string[];
}

/** Pixels of the picture; it is shown as wide as there is room. */
const SIZE = { width: 480, edge: 22, most: 18, tall: 420 };

/** A row for each class, the rarest first, a column for each evaluation: the stronger its colour, the more are right. */
export function ClassesOverTime({ picture: { id, columns }, epochs, names }: ClassesOverTimeProps) {
  const { width, edge, most, tall } = SIZE;
  const row = Math.min(most, tall / names.length);
  const height = row * names.length;
  const paint = useCallback<Paint>(
    (context) => {
      context.setTransform(2, 0, 0, 2, 0, 0);
      context.clearRect(0, 0, width, height);
      context.fillStyle = colorOf('var(--sunken)');
      context.fillRect(edge, 0, width - edge, height);
      // On whole pixels of the canvas: columns that share one would show a seam.
      const across = (at: number) =>
        edge + Math.round((2 * (width - edge) * at) / Math.max(epochs, Number.MIN_VALUE)) / 2;
      context.fillStyle = colorOf(`var(--strategy-${id})`);
      columns.forEach(({ epochs: at, accuracies }, index) => {
        // What was measured holds from halfway to the evaluation before until halfway to the next.
        const from = index === 0 ? at : (columns[index - 1].epochs + at) / 2;
        const to = index === columns.length - 1 ? at : (at + columns[index + 1].epochs) / 2;
        accuracies.forEach((accuracy, place) => {
          if (!accuracy) return;
          context.globalAlpha = accuracy;
          context.fillRect(across(from), place * row, Math.max(1, across(to) - across(from)), row - 0.5);
        });
      });
      context.globalAlpha = 1;
      context.fillStyle = colorOf('var(--ink-3)');
      context.font = `${Math.min(14, row)}px system-ui, sans-serif`;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      names.forEach((name, place) => context.fillText(name, edge / 2, (place + 0.5) * row));
    },
    [columns, edge, epochs, height, id, names, row, width],
  );
  const [canvas] = usePainted(paint);
  const newest = columns.at(-1)!.accuracies;
  const known = names.flatMap((name, place) => {
    const accuracy = newest[place];
    return accuracy === null ? [] : { name, accuracy };
  });
  const worst = known.reduce((least, one) => (one.accuracy < least.accuracy ? one : least), known[0]);
  const { label } = STRATEGIES[id];
  return (
    <figure className={styles.picture}>
      <figcaption>
        <strong>{label}</strong> {worst && text.worstClass(worst.name, percent(worst.accuracy))}
      </figcaption>
      <canvas
        ref={canvas}
        width={2 * width}
        height={2 * height}
        role="img"
        aria-label={text.classPicture(label)}
      />
    </figure>
  );
}
