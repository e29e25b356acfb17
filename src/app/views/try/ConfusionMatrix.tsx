import { useCallback } from 'react';
import { colorOf } from '../../canvas/palette.ts';
import { usePainted, type Paint } from '../../canvas/usePainted.ts';
import styles from './try.module.css';

interface ConfusionMatrixProps {
  /** `[classes, classes]`: rows are true classes, columns predictions. */
  readonly counts: Uint32Array;
  readonly characters: readonly string[];
  /** The picture in words. */
  readonly name: string;
}

const SIDE = 420;
/** Pixels at the left and top, for the characters. */
const EDGE = 18;

/** Right ones on the diagonal, mistakes beside it; the darker, the larger a part of their row. */
export function ConfusionMatrix({ counts, characters, name }: ConfusionMatrixProps) {
  const paint = useCallback<Paint>(
    (context) => {
      const classes = characters.length;
      const cell = (SIDE - EDGE) / classes;
      context.setTransform(2, 0, 0, 2, 0, 0);
      context.clearRect(0, 0, SIDE, SIDE);
      context.fillStyle = colorOf('var(--sunken)');
      context.fillRect(EDGE, EDGE, SIDE - EDGE, SIDE - EDGE);
      for (let truth = 0; truth < classes; truth++) {
        const row = counts.subarray(truth * classes, (truth + 1) * classes);
        const all = row.reduce((sum, count) => sum + count, 0);
        row.forEach((count, seen) => {
          if (count === 0) return;
          // The square root keeps a single mistake visible beside many right ones.
          context.globalAlpha = Math.sqrt(count / all);
          context.fillStyle = colorOf(truth === seen ? 'var(--good)' : 'var(--bad)');
          context.fillRect(
            EDGE + seen * cell,
            EDGE + truth * cell,
            Math.max(1, cell - 0.5),
            Math.max(1, cell - 0.5),
          );
          if (cell < 24) return;
          context.globalAlpha = 1;
          context.fillStyle = count / all > 0.4 ? colorOf('var(--surface)') : colorOf('var(--ink)');
          context.font = '11px system-ui, sans-serif';
          context.textAlign = 'center';
          context.textBaseline = 'middle';
          context.fillText(String(count), EDGE + (seen + 0.5) * cell, EDGE + (truth + 0.5) * cell);
        });
      }
      context.globalAlpha = 1;
      context.fillStyle = colorOf('var(--ink-3)');
      context.font = `${Math.min(12, Math.max(7, cell))}px system-ui, sans-serif`;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      characters.forEach((character, label) => {
        context.fillText(character, EDGE / 2, EDGE + (label + 0.5) * cell);
        context.fillText(character, EDGE + (label + 0.5) * cell, EDGE / 2);
      });
    },
    [counts, characters],
  );
  const [canvas] = usePainted(paint);
  return (
    <canvas
      ref={canvas}
      className={styles.confusion}
      width={2 * SIDE}
      height={2 * SIDE}
      role="img"
      aria-label={name}
    />
  );
}
