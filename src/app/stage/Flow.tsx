import type { StrategyId } from '../../experiment/strategies.ts';
import { flowsOf, type Bar, type Flowing } from './drawing.ts';
import styles from './drawing.module.css';
import { PACE, useReports } from './useReports.ts';

interface FlowProps {
  readonly strategy: StrategyId;
  readonly bars: readonly Bar[];
  /** Horizontal place of each cut. */
  readonly places: readonly number[];
  /** Whether pieces train each on its own: then nothing crosses a cut. */
  readonly alone: boolean;
  readonly strip: { readonly width: number };
}

/**
 * What runs through the layers while they train: activations on their way forward (above), gradients on their way back
 * (below). They move on as steps are reported, and at a cut they stop where nothing is sent.
 */
export function Flow({ strategy, bars, places, alone, strip }: FlowProps) {
  return (
    <g className={styles.flow} style={{ stroke: `var(--strategy-${strategy})` }} aria-hidden="true">
      {flowsOf(bars, places, alone, strip).map((flows, rank) => (
        <PieceFlow key={rank} strategy={strategy} rank={alone ? rank : 0} flows={flows} />
      ))}
    </g>
  );
}

interface PieceFlowProps {
  readonly strategy: StrategyId;
  readonly rank: number;
  readonly flows: readonly Flowing[];
}

/** The streams of layers that step together. */
function PieceFlow({ strategy, rank, flows }: PieceFlowProps) {
  const reports = useReports(strategy, rank);
  return flows.map(({ from, to, y, apart }, index) => (
    <g key={index}>
      <path d={`M${from} ${y - apart}H${to}`} strokeDashoffset={-PACE * reports} />
      <path d={`M${from} ${y + apart}H${to}`} strokeDashoffset={PACE * reports} className={styles.back} />
    </g>
  ));
}
