import { STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import type { StrategyState } from '../../session/state.ts';
import { bytes } from '../format.ts';
import { useSession } from '../store/context.tsx';
import type { useStrategies } from '../store/strategies.ts';
import { screenText } from '../text/screen.ts';
import { useImages } from './images.ts';
import { fullest, gapOf, pairOf, sentToTrain } from './standing.ts';

const text = screenText.ledger;

/** What a run came to, in a sentence; null before both of the pair have ended. @param strategies As all beside it shows them. */
export function useVerdict(strategies: ReturnType<typeof useStrategies>): string | null {
  const costEstimates = useSession((state) => state.costEstimates);
  const images = useImages((state) => state.images);
  const pair = pairOf(Object.keys(strategies) as StrategyId[]);
  const [mine, other] = pair ? [strategies[pair.who], strategies[pair.against]] : [];
  const gap = mine && other ? gapOf(mine, other) : null;
  if (!mine || !other || gap?.epochs !== null) return null;
  const held = ({ id, devices }: StrategyState) => fullest(devices, costEstimates[id], images);
  const apart = Math.abs(gap.points).toFixed(1);
  return text.sentence(
    STRATEGIES[mine.id].label,
    gap.points === 0 ? text.equal : gap.points < 0 ? text.below(apart) : text.above(apart),
    `${Math.round((100 * held(mine)) / held(other))}%`,
    bytes(sentToTrain(mine)),
  );
}
