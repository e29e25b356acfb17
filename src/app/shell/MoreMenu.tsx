import { Menu } from '../controls/Menu.tsx';
import { screenText as text } from '../text/screen.ts';
import { tourText } from '../text/tour.ts';
import { useStartTour } from '../tour/useStartTour.ts';
import { Machine } from './Machine.tsx';
import { openDialog } from './panes.ts';
import styles from './bar.module.css';

/** What is seldom wanted, and on a phone what the bar has no room for. */
export function MoreMenu() {
  const tour = useStartTour();
  return (
    <div className={styles.more}>
      <Menu label="⋯" name={text.more}>
        <button type="button" className={styles.phone} onClick={tour}>
          {tourText.button}
        </button>
        <button type="button" className={styles.keys} onClick={() => openDialog('keys')}>
          {text.keys}
        </button>
        <button type="button" onClick={() => openDialog('machine')}>
          {text.machine}
        </button>
      </Menu>
      <Machine />
    </div>
  );
}
