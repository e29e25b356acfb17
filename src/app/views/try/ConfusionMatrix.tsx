import { useCallback, useRef } from 'react';
import { lanesFor, middleOf, NAMES_FONT } from '../../canvas/names.ts';
import { colorOf } from '../../canvas/palette.ts';
import { usePainted, type Paint } from '../../canvas/usePainted.ts';
import { useWidth } from '../../canvas/useWidth.ts';
import styles from './try.module.css';

interface ConfusionMatrixProps {
  /** `[classes, classes]`: rows are true classes, columns predictions. */
  readonly counts: Uint32Array;
  readonly characters: readonly string[];
  /** The picture in words. */
  readonly name: string;
}

/** Pixels of a cell in which a number can be read. */
const LEGIBLE = 16;
/** Pixels, until it is known how wide it is shown. */
const SIDE = 420;

/** Right ones on the diagonal, mistakes beside it; the darker, the larger a part of their row. */
export function ConfusionMatrix({ counts, characters, name }: ConfusionMatrixProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const side = useWidth(canvas, SIDE);
  const paint = useCallback<Paint>(
    (context) => {
      const classes = characters.length;
      const lanes = lanesFor((side - 20) / classes);
      const edge = lanes.room;
      // Where cells are lower than letters the last one is whole all the same.
      const cell = (side - edge - (lanes.count > 1 ? 3 : 0)) / classes;
      context.setTransform(2, 0, 0, 2, 0, 0);
      context.clearRect(0, 0, side, side);
      context.fillStyle = colorOf('var(--sunken)');
      context.fillRect(edge, edge, classes * cell, classes * cell);
      context.font = NAMES_FONT;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      for (let truth = 0; truth < classes; truth++) {
        const row = counts.subarray(truth * classes, (truth + 1) * classes);
        const all = row.reduce((sum, count) => sum + count, 0);
        row.forEach((count, seen) => {
          if (count === 0) return;
          // The square root keeps a single mistake visible beside many right ones.
          context.globalAlpha = Math.sqrt(count / all);
          context.fillStyle = colorOf(truth === seen ? 'var(--good)' : 'var(--bad)');
          context.fillRect(
            edge + seen * cell,
            edge + truth * cell,
            Math.max(1, cell - 0.5),
            Math.max(1, cell - 0.5),
          );
          if (cell < LEGIBLE || context.measureText(String(count)).width > cell - 2) return;
          context.globalAlpha = 1;
          context.fillStyle = count / all > 0.4 ? colorOf('var(--surface)') : colorOf('var(--ink)');
          context.fillText(String(count), edge + (seen + 0.5) * cell, edge + (truth + 0.5) * cell);
        });
      }
      context.globalAlpha = 1;
      context.fillStyle = colorOf('var(--ink-3)');
      characters.forEach((character, label) => {
        const [along, across] = [edge + (label + 0.5) * cell, middleOf(label, lanes)];
        context.fillText(character, across, along);
        context.fillText(character, along, across);
      });
    },
    [counts, characters, side],
  );
  usePainted(paint, false, canvas);
  return (
    <canvas
      ref={canvas}
      className={styles.confusion}
      width={2 * side}
      height={2 * side}
      role="img"
      aria-label={name}
    />
  );
}
