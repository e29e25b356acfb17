import { networkText as text } from '../text/network.ts';
import { CutSlider } from './CutSlider.tsx';
import { LabelCards, LabelWarnings } from './LabelCards.tsx';
import { NetworkDrawing } from './NetworkDrawing.tsx';
import { PriceCards, PriceSummary } from './PriceCards.tsx';
import { useFrame } from './useFrame.ts';
import styles from './network.module.css';

/** The network and its cuts, what each part costs, and the labels between them. */
export function NetworkPanel() {
  const [room, frame] = useFrame();
  return (
    <section className={styles.panel} aria-labelledby="network-heading">
      <h2 id="network-heading">{text.heading}</h2>
      <div className={styles.stage}>
        <div ref={room} dir="ltr">
          <NetworkDrawing frame={frame} />
        </div>
        <CutSlider frame={frame} />
      </div>
      <PriceSummary />
      <LabelWarnings />
      <div className={styles.cards}>
        <PriceCards />
        <LabelCards />
      </div>
    </section>
  );
}
