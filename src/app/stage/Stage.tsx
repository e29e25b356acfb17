import { DataChoice } from '../settings/DataChoice.tsx';
import { PresetChoice } from '../settings/PresetChoice.tsx';
import { SettingsButton } from '../settings/SettingsButton.tsx';
import { networkText as text } from '../text/network.ts';
import { Board } from './Board.tsx';
import { Counts } from './Counts.tsx';
import styles from './stage.module.css';
import { StageTitle } from './StageTitle.tsx';
import { useDrawn } from './useDrawn.ts';

/** A network and its cuts, a row for each strategy that trains it, what it begins with, and what changes it at once. */
export function Stage({ settings }: { readonly settings: boolean }) {
  const drawn = useDrawn();
  return (
    <section id="stage" className={styles.stage} aria-label={text.heading}>
      <header className={styles.setup}>
        <StageTitle drawn={drawn} />
        <div className={styles.choices} data-screen="">
          <PresetChoice />
          <DataChoice />
          <div className={styles.inStage}>
            <Counts />
          </div>
          {settings && <SettingsButton />}
        </div>
      </header>
      {drawn && <Board drawn={drawn} />}
    </section>
  );
}
