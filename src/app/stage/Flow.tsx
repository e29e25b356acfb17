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
  /** Whether activations cross the cuts and gradients do not. */
  readonly onward: boolean;
  readonly strip: { readonly width: number };
}

/**
 * What runs through the layers while they train: activations on their way forward (above), gradients on their way back
 * (below). They move on as steps are reported, and at a cut they stop where nothing is sent.
 */
export function Flow({ strategy, bars, places, alone, onward, strip }: FlowProps) {
  const whole = flowsOf(bars, places, false, strip);
  const pieces = flowsOf(bars, places, true, strip);
  return (
    <g className={styles.flow} style={{ stroke: `var(--strategy-${strategy})` }} aria-hidden="true">
      {(alone ? pieces : whole).map((flows, rank) => (
        <Stream key={rank} {...{ strategy, rank, flows }} way="forward" />
      ))}
      {(alone || onward ? pieces : whole).map((flows, rank) => (
        <Stream key={rank} {...{ strategy, rank, flows }} way="back" />
      ))}
    </g>
  );
}

interface StreamProps {
  readonly strategy: StrategyId;
  readonly rank: number;
  readonly flows: readonly Flowing[];
  readonly way: 'forward' | 'back';
}

/** The streams one way, of layers that step together. */
function Stream({ strategy, rank, flows, way }: StreamProps) {
  const reports = useReports(strategy, rank);
  const [side, className] = way === 'forward' ? [-1, undefined] : [1, styles.back];
  return flows.map(({ from, to, y, apart }, index) => (
    <path
      key={index}
      d={`M${from} ${y + side * apart}H${to}`}
      strokeDashoffset={side * PACE * reports}
      className={className}
    />
  ));
}
