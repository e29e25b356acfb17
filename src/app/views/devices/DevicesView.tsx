import { useRef } from 'react';
import { LabelCards } from '../../stage/LabelCards.tsx';
import { CostCards } from '../../stage/PriceCards.tsx';
import { useMeasuredStrategies } from '../../store/strategies.ts';
import { networkText as text } from '../../text/network.ts';
import styles from './devices.module.css';
import { LanesPanel } from './LanesPanel.tsx';
import { TrafficMatrices } from './TrafficMatrices.tsx';

/** What every device did when, what it holds, and who sent what to whom. */
export function DevicesView() {
  return (
    <div className={styles.devices}>
      <LanesPanel />
      <section className={styles.held} aria-labelledby="devices-heading">
        <h2 id="devices-heading">{text.devices}</h2>
        <div className={styles.cards}>
          <CostCards />
          <LabelCards />
        </div>
      </section>
      <Traffic />
    </div>
  );
}

function Traffic() {
  const place = useRef<HTMLDivElement>(null);
  return (
    <div ref={place}>
      <TrafficMatrices strategies={Object.values(useMeasuredStrategies(place))} />
    </div>
  );
}
