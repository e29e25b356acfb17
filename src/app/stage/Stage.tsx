import { DataChoice } from '../settings/DataChoice.tsx';
import { PresetChoice } from '../settings/PresetChoice.tsx';
import { SettingsButton } from '../settings/SettingsButton.tsx';
import { networkText as text } from '../text/network.ts';
import { Counts } from './Counts.tsx';
import { NetworkDrawing } from './NetworkDrawing.tsx';
import { NowTraining } from './NowTraining.tsx';
import styles from './stage.module.css';
import { useFrame } from './useFrame.ts';

/** The network and its cuts, what it begins with, and what changes it at once. */
export function Stage({ settings }: { readonly settings: boolean }) {
  const [room, frame] = useFrame();
  return (
    <section className={styles.stage} aria-labelledby="network-heading">
      <header className={styles.setup}>
        <h2 id="network-heading" tabIndex={-1} className={styles.name}>
          {text.heading}
        </h2>
        <NowTraining />
        <div className={styles.choices} data-screen="">
          <PresetChoice />
          <DataChoice />
          <Counts />
          {settings && <SettingsButton />}
        </div>
      </header>
      <div className={styles.board}>
        <div ref={room} className={styles.room} dir="ltr">
          <NetworkDrawing frame={frame} />
        </div>
      </div>
    </section>
  );
}
