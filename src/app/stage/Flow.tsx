import { useEffect, useReducer } from 'react';
import { STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import { useSession } from '../store/context.tsx';
import { flowsOf, type Bar, type Flowing } from './drawing.ts';
import styles from './network.module.css';

interface FlowProps {
  /** Which strategy is at work. */
  readonly way: StrategyId;
  readonly bars: readonly Bar[];
  /** Horizontal place of each cut. */
  readonly places: readonly number[];
}

/**
 * What runs through the layers while they train: activations on their way forward (above), gradients on their way back
 * (below). They move on as steps are reported, and at a cut they stop where nothing is sent.
 */
export function Flow({ way, bars, places }: FlowProps) {
  const alone = useSession(
    ({ strategies }) => STRATEGIES[way].spread === 'apart' && strategies[way]?.phase === 'training',
  );
  return (
    <g className={styles.flow} style={{ stroke: `var(--strategy-${way})` }} aria-hidden="true">
      {flowsOf(bars, places, alone).map((flows, rank) => (
        <PartitionFlow key={rank} way={way} rank={alone ? rank : 0} flows={flows} />
      ))}
    </g>
  );
}

/** Pixels that a stream moves on with every report. */
const PACE = 6;

interface PartitionFlowProps {
  readonly way: StrategyId;
  readonly rank: number;
  readonly flows: readonly Flowing[];
}

/** The streams of layers that step together. */
function PartitionFlow({ way, rank, flows }: PartitionFlowProps) {
  const steps = useSession(({ strategies }) => strategies[way]?.rankProgress[rank]?.steps ?? 0);
  const [reports, report] = useReducer((count: number) => count + 1, 0);
  useEffect(report, [report, steps]);
  return flows.map(({ from, to, y, apart }, index) => (
    <g key={index}>
      <path d={`M${from} ${y - apart}H${to}`} strokeDashoffset={-PACE * reports} />
      <path d={`M${from} ${y + apart}H${to}`} strokeDashoffset={PACE * reports} className={styles.back} />
    </g>
  ));
}
