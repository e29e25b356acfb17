import { useRef, type CSSProperties } from 'react';
import { CostCards } from '../../stage/PriceCards.tsx';
import { useSession } from '../../store/context.tsx';
import { useMeasuredStrategies } from '../../store/strategies.ts';
import { networkText as text } from '../../text/network.ts';
import styles from './devices.module.css';
import { HeldByDevice } from './HeldByDevice.tsx';
import { LanesPanel } from './LanesPanel.tsx';
import { TrafficMatrix } from './TrafficMatrix.tsx';

/** What every device did when, what it holds, and who sent what to whom: beside each other where there is room. */
export function DevicesView() {
  const most = useSession(({ strategies, costEstimates }) =>
    Math.max(1, ...Object.values(strategies).map(({ id }) => costEstimates[id]?.devices.length ?? 1)),
  );
  return (
    <div className={styles.room}>
      <div className={styles.devices} style={{ '--most': most } as CSSProperties}>
        <LanesPanel />
        <HeldByDevice />
        <Traffic />
        <details className={styles.numbers}>
          <summary id="device-numbers">{text.deviceNumbers}</summary>
          <div className={styles.cards}>
            <CostCards />
          </div>
        </details>
      </div>
    </div>
  );
}

function Traffic() {
  const place = useRef<HTMLDivElement>(null);
  return (
    <div ref={place}>
      <TrafficMatrix strategies={Object.values(useMeasuredStrategies(place))} />
    </div>
  );
}
