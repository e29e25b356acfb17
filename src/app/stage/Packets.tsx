import type { StrategyId } from '../../experiment/strategies.ts';
import styles from './drawing.module.css';
import { PACE, useReports } from './useReports.ts';

interface PacketsProps {
  readonly strategy: StrategyId;
  readonly rank: number;
  /** From one end to the other, and how far the two ways stand from the line between them. */
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly apart: number;
  /** A packet's length and thickness. */
  readonly size?: readonly [along: number, across: number];
  /** Whether messages come back, too. Default true. */
  readonly back?: boolean;
  /** Whether it has its turn: packets are on their way. */
  readonly moving: boolean;
}

/** Pixels from one packet to the next. */
const EVERY = 40;
const EDGE = 1.5;

/**
 * Messages between two devices: full ones go out, hollow ones come back. They move on as steps are reported; without
 * motion only the two ways are there.
 */
export function Packets({
  strategy,
  rank,
  from,
  to,
  apart,
  size = [8, 7],
  back = true,
  moving,
}: PacketsProps) {
  const reports = useReports(strategy, rank);
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const [ux, uy] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const way = (side: 1 | -1) => {
    const [dx, dy] = [side * apart * uy, -side * apart * ux];
    return `M${from[0] + dx} ${from[1] + dy}L${to[0] + dx} ${to[1] + dy}`;
  };
  const [along, across] = size;
  const dash = `${along} ${EVERY - along}`;
  const offset = PACE * reports;
  return (
    <g className={styles.packets} style={{ color: `var(--strategy-${strategy})` }} aria-hidden="true">
      <path d={way(1)} strokeWidth={EDGE} />
      {back && <path d={way(-1)} strokeWidth={EDGE} strokeDasharray="4 3" />}
      {moving && (
        <g className={styles.moving}>
          <path d={way(1)} strokeWidth={across} strokeDasharray={dash} strokeDashoffset={-offset} />
          {back && (
            <>
              <path d={way(-1)} strokeWidth={across} strokeDasharray={dash} strokeDashoffset={offset} />
              <path
                className={styles.hollow}
                d={way(-1)}
                strokeWidth={across - 2 * EDGE}
                strokeDasharray={`${along - 2 * EDGE} ${EVERY - along + 2 * EDGE}`}
                strokeDashoffset={offset - EDGE}
              />
            </>
          )}
        </g>
      )}
    </g>
  );
}
