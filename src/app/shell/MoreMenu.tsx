import { pressable } from '../controls/hand-on.ts';
import { Menu } from '../controls/Menu.tsx';
import { late, Late } from '../late/Late.tsx';
import { presentText } from '../text/present.ts';
import { screenText as text } from '../text/screen.ts';
import { shellText } from '../text/shell.ts';
import { tourText } from '../text/tour.ts';
import { useStartTour } from '../tour/useStartTour.ts';
import { openDialog, present, STOPS, usePanes } from './panes.ts';
import styles from './bar.module.css';
import { usePlay } from './usePlay.ts';

const Machine = late(async () => (await import('./Machine.tsx')).Machine);

/** What is seldom wanted, and on a phone what the bar has no room for. */
export function MoreMenu() {
  const tour = useStartTour();
  const { step, reset } = usePlay();
  const machine = usePanes(({ dialog }) => dialog === 'machine');
  return (
    <div className={styles.more}>
      <Menu label="⋯" name={text.more}>
        <button type="button" className={styles.handheld} {...pressable(step)}>
          {shellText.step}
        </button>
        <button type="button" className={styles.handheld} onClick={reset}>
          {shellText.reset}
        </button>
        <button type="button" className={styles.phone} onClick={tour}>
          {tourText.button}
        </button>
        <button type="button" className={styles.present} onClick={() => present(STOPS[0])}>
          {presentText.name}
        </button>
        <button type="button" className={styles.keys} onClick={() => openDialog('keys')}>
          {text.keys}
        </button>
        <button type="button" onClick={() => openDialog('machine')}>
          {text.machine}
        </button>
      </Menu>
      {machine && <Late part={Machine} props={{}} what={shellText.machineBroke} />}
    </div>
  );
}
