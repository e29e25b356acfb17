import { Late, late } from '../late/Late.tsx';
import type { Stop } from '../shell/panes.ts';
import { presentText as text } from '../text/present.ts';
import styles from './present.module.css';

const AccuracyChart = late(async () => (await import('../views/curves/AccuracyChart.tsx')).AccuracyChart);
const MemoryRun = late(async () => (await import('../views/curves/MemoryRun.tsx')).MemoryRun);
const StandingTable = late(async () => (await import('../views/curves/StandingTable.tsx')).StandingTable);

const CHARTS = {
  question: AccuracyChart,
  drawing: AccuracyChart,
  rows: AccuracyChart,
  accuracy: AccuracyChart,
  memory: MemoryRun,
  sent: StandingTable,
  verdict: AccuracyChart,
};

/** Under the network: the one chart that belongs to what is said. */
export function Presented({ stop }: { readonly stop: Stop }) {
  return (
    <div id="view" className={styles.chart} data-part="chart" tabIndex={-1}>
      <Late key={stop} part={CHARTS[stop]} props={{}} what={text.broke} />
    </div>
  );
}
