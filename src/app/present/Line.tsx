import { useVerdict } from '../ledger/useVerdict.ts';
import { useStrategies } from '../store/strategies.ts';
import type { Stop } from '../shell/panes.ts';
import { presentText as text } from '../text/present.ts';
import styles from './present.module.css';

/** What there is to see now, in large letters: at the end what the run came to. */
export function Line({ stop }: { readonly stop: Stop }) {
  const verdict = useVerdict(useStrategies());
  return (
    <p className={styles.line} aria-live="polite">
      {(stop === 'verdict' && verdict) || text.lines[stop]}
    </p>
  );
}
