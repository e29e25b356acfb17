import type { StrategyId } from '../../experiment/strategies.ts';
import { Figure } from './Figure.tsx';
import styles from './rows.module.css';
import { inPieces } from './shape.ts';
import { useRow } from './useRow.ts';

interface HeldLineProps {
  /** Whose network is drawn. */
  readonly id: StrategyId;
  /** Horizontal places of the cuts. */
  readonly places: readonly number[];
  readonly width: number;
}

/** On a phone, under the drawing: what each device holds, under its colour, where blocks of rows have no room for it. */
export function HeldLine({ id, places, width }: HeldLineProps) {
  const row = useRow(id);
  if (!row) return null;
  const { shape, holds, measured } = row;
  const edges = inPieces(shape) ? [0, ...places, width] : holds.map((_, i) => (i * width) / holds.length);
  return (
    <p className={styles.heldLine} aria-hidden="true">
      {holds.map((held, rank) => {
        const [from, to] = [edges[rank], edges[rank + 1] ?? width];
        return (
          <span
            key={`${id} ${rank}`}
            style={{
              left: from + (rank > 0 ? 2 : 0),
              width: to - from - 4,
              borderColor: holds.length > 1 ? `var(--device-${rank % 6})` : 'var(--drawn)',
            }}
          >
            <Figure value={held} largest={Math.max(...holds)} about={!measured} />
          </span>
        );
      })}
    </p>
  );
}
