import { AccuracyChart } from './AccuracyChart.tsx';
import { MemoryRun } from './MemoryRun.tsx';
import styles from './overview.module.css';
import { StandingTable } from './StandingTable.tsx';

/** What the page exists for, in one look: accuracy over the run, and beside it what is held and sent. */
export function Overview({ onMore }: { readonly onMore: () => void }) {
  return (
    <div className={styles.frame}>
      <div className={styles.overview}>
        <AccuracyChart onMore={onMore} />
        <StandingTable />
        <MemoryRun />
      </div>
    </div>
  );
}
