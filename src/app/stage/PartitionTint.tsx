import { ofLabels } from '../../experiment/strategies.ts';
import { bytes, flops, significant } from '../format.ts';
import { useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import type { Frame } from './drawing.ts';
import styles from './network.module.css';
import { trainingBytes } from './price.ts';

/** Pixels that names and numbers need beside each other. */
const ROOM_FOR_NAME = 76;
const ROOM_FOR_LOSS = 176;
const ROOM_FOR_MEMORY = 66;
const ROOM_FOR_COST = 200;

interface PartitionTintProps {
  readonly rank: number;
  readonly frame: Frame;
  readonly from: number;
  readonly to: number;
  /** How much of the time its device works, 0 … 1: it glows as much. */
  readonly share: number;
}

/** One partition: its device's tint behind the layers, its name, its price, and its loss while it trains alone. */
export function PartitionTint({ rank, frame, from, to, share }: PartitionTintProps) {
  const costEstimate = useSession((state) => ofLabels(state.costEstimates)?.devices[rank]);
  const loss = useSession(({ strategies }) => {
    const strategy = ofLabels(strategies);
    return strategy?.status === 'turn' && strategy.phase === 'training'
      ? strategy.rankProgress[rank]?.loss
      : undefined;
  });
  const room = to - from;
  const memory = costEstimate && room >= ROOM_FOR_MEMORY ? bytes(trainingBytes(costEstimate.memory)) : '';
  const colour = `var(--device-${rank})`;
  return (
    <g>
      <rect
        className={styles.tint}
        x={from + 2}
        y={1}
        width={room - 4}
        height={frame.height - 2}
        rx={10}
        style={{
          fill: colour,
          stroke: colour,
          fillOpacity: 0.08 + 0.11 * share,
          strokeOpacity: 0.35 + 0.5 * share,
        }}
      />
      <text className={styles.deviceName} x={from + 12} y={21} style={{ fill: colour }}>
        {room < ROOM_FOR_NAME ? rank + 1 : text.device(rank)}
      </text>
      <text className={styles.costEstimate} x={from + room / 2} y={frame.height - 11}>
        {memory && room >= ROOM_FOR_COST
          ? text.costEstimate(memory, flops(costEstimate!.flopsPerStep))
          : memory}
      </text>
      {loss !== undefined && Number.isFinite(loss) && room >= ROOM_FOR_LOSS && (
        <text className={styles.live} x={to - 12} y={21} textAnchor="end">
          {text.loss(significant(loss))}
        </text>
      )}
    </g>
  );
}
