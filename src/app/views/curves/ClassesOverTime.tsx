import { useCallback, useRef } from 'react';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import { lanesFor, middleOf, NAME_HEIGHT, NAMES_FONT } from '../../canvas/names.ts';
import { colorOf } from '../../canvas/palette.ts';
import { usePainted, type Paint } from '../../canvas/usePainted.ts';
import { useWidth } from '../../canvas/useWidth.ts';
import { percent } from '../../format.ts';
import { chartsText as text } from '../../text/charts.ts';
import type { ClassPicture } from './classes.ts';
import styles from './classes.module.css';
import { placesAlong } from './places-along.ts';

interface ClassesOverTimeProps {
  readonly picture: ClassPicture;
  /** Of all strategies' training, so that their pictures have one axis. */
  readonly epochs: number;
  /** Names of the classes, in the order of the picture. */
  readonly names: readonly string[];
}

/** Pixels: of a row at most, of all of them, of the axis below them, and how wide the picture is until it has been seen. */
const SIZE = { most: 18, tall: 420, axis: 22, start: 480 };

/** A row for each class, the rarest first, a column for each evaluation: the stronger its colour, the more are right. */
export function ClassesOverTime({ picture: { id, columns }, epochs, names }: ClassesOverTimeProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas, SIZE.start);
  const row = Math.min(SIZE.most, SIZE.tall / names.length);
  // The first and the last name are whole where rows are lower than letters.
  const margin = Math.max(0, Math.ceil(NAME_HEIGHT / 2 - row / 2));
  const bottom = Math.round(row * names.length) + 2 * margin;
  const height = bottom + SIZE.axis;
  const paint = useCallback<Paint>(
    (context) => {
      const lanes = lanesFor(row);
      const edge = lanes.room;
      context.setTransform(2, 0, 0, 2, 0, 0);
      context.clearRect(0, 0, width, height);
      context.fillStyle = colorOf('var(--sunken)');
      context.fillRect(edge, margin, width - edge, bottom - 2 * margin);
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
          context.fillRect(
            across(from),
            margin + place * row,
            Math.max(1, across(to) - across(from)),
            row - 0.5,
          );
        });
      });
      context.globalAlpha = 1;
      context.fillStyle = colorOf('var(--ink-3)');
      context.font = NAMES_FONT;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      names.forEach((name, place) =>
        context.fillText(name, middleOf(place, lanes), margin + (place + 0.5) * row),
      );
      context.textBaseline = 'top';
      for (const { at, value, anchor } of placesAlong({ from: edge, to: width }, epochs)) {
        context.fillRect(Math.min(at, width - 1), bottom - margin, 1, 4);
        context.textAlign = anchor;
        context.fillText(value, at, bottom - margin + 6);
      }
    },
    [bottom, columns, epochs, height, id, margin, names, row, width],
  );
  usePainted(paint, false, canvas);
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
