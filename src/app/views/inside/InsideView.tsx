import { useState } from 'react';
import { late, Late } from '../../late/Late.tsx';
import { LabelCards } from '../../stage/LabelCards.tsx';
import { networkText as text } from '../../text/network.ts';
import { shellText } from '../../text/shell.ts';
import { BlocksPanel } from './BlocksPanel.tsx';
import { InsidePanel } from './InsidePanel.tsx';
import { WhoDoesTheWork } from './WhoDoesTheWork.tsx';
import styles from './inside.module.css';

const LayerStatsTable = late(async () => (await import('../../stage/LayerStats.tsx')).LayerStatsTable);

/** What SIL learns at its cuts, the labels that it learns, and every layer in numbers. */
export function InsideView() {
  return (
    <div className={styles.view}>
      <WhoDoesTheWork />
      <BlocksPanel />
      <InsidePanel />
      <section className={styles.labels} aria-labelledby="labels-heading">
        <h2 id="labels-heading" className="visually-hidden">
          {text.labelsAtCuts}
        </h2>
        <LabelCards />
      </section>
      <LayerStatsCard />
    </div>
  );
}

/** Numbers of every layer, unfolded on demand. */
function LayerStatsCard() {
  const [open, setOpen] = useState(false);
  return (
    <details className={styles.more} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary id="layer-stats">{text.layerStats.heading}</summary>
      {open && (
        <>
          <Late part={LayerStatsTable} props={{}} what={shellText.layerStatsBroke} />
          <p className={styles.note}>{text.layerStats.note}</p>
        </>
      )}
    </details>
  );
}
