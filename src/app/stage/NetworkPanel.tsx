import { useState } from 'react';
import { late, Late } from '../late/Late.tsx';
import { networkText as text } from '../text/network.ts';
import { shellText } from '../text/shell.ts';
import { Counts } from './Counts.tsx';
import { LabelCards, LabelWarnings } from './LabelCards.tsx';
import { NetworkDrawing } from './NetworkDrawing.tsx';
import { NowTraining } from './NowTraining.tsx';
import { CostCards, CostSummary } from './PriceCards.tsx';
import { useFrame } from './useFrame.ts';
import styles from './network.module.css';

const LayerStatsTable = late(async () => (await import('./LayerVitals.tsx')).LayerStatsTable);

/** The network, its cuts, and the price of each part in short. */
export function NetworkPanel() {
  const [room, frame] = useFrame();
  return (
    <section className={styles.panel} aria-labelledby="network-heading">
      <header className={styles.head}>
        <h2 id="network-heading" tabIndex={-1}>
          {text.heading}
        </h2>
        <NowTraining />
        <div data-screen="">
          <Counts />
        </div>
      </header>
      <div className={styles.stage}>
        <div ref={room} dir="ltr">
          <NetworkDrawing frame={frame} />
        </div>
      </div>
      <div className={styles.below}>
        <CostSummary />
        <LayerStatsCard />
      </div>
      <LabelWarnings />
    </section>
  );
}

/** Numbers of every layer, unfolded on demand. */
function LayerStatsCard() {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.more} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{text.layerStats.heading}</summary>
      {open && (
        <>
          <Late part={LayerStatsTable} props={{}} what={shellText.layerStatsBroke} />
          <p className={styles.faint}>{text.layerStats.note}</p>
        </>
      )}
    </details>
  );
}

/** What each part costs, kind by kind, and the labels between them. */
export function DevicesPanel() {
  return (
    <section className={styles.panel} aria-labelledby="devices-heading">
      <h2 id="devices-heading">{text.devices}</h2>
      <div className={styles.cards}>
        <CostCards />
        <LabelCards />
      </div>
    </section>
  );
}
