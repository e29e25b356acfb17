import { screenText } from '../text/screen.ts';
import styles from './screen.module.css';

/** What this is, in the only sentence on the screen. */
export function Claim() {
  const [before, name, after] = screenText.claim;
  return (
    <p className={styles.claim}>
      {before}
      <b>{name}</b>
      {after}
    </p>
  );
}
