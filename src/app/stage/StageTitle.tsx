import { STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import { LineSample } from '../controls/LineSample.tsx';
import { useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import styles from './stage.module.css';
import { shapeOf } from './shape.ts';

/** Names what is drawn: whose network it is, and how it trains while it does. */
export function StageTitle({ drawn }: { readonly drawn: StrategyId | null }) {
  const title = useSession(({ status, strategies, costEstimates }) => {
    const strategy = drawn && strategies[drawn];
    if (!strategy) return text.heading;
    const { short } = STRATEGIES[drawn];
    const shape = shapeOf(drawn, costEstimates[drawn]?.devices.length ?? 1, strategy.phase);
    return status === 'running' && strategy.status === 'turn' ? text.trains[shape](short) : text.rests(short);
  });
  return (
    <h2 id="network-heading" className={styles.name} tabIndex={-1}>
      {drawn && <LineSample id={drawn} />}
      <span title={title}>{title}</span>
    </h2>
  );
}
