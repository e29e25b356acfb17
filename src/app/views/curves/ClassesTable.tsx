import { classCounts } from '../../../experiment/balances/balance.ts';
import type { StrategyState } from '../../../session/state.ts';
import { DataTable } from '../../charts/ChartCard.tsx';
import styles from '../../charts/charts.module.css';
import { useSaveable } from '../../charts/saveables.ts';
import { useSession } from '../../store/context.tsx';
import { chartsText as text } from '../../text/charts.ts';
import { classTables } from './classes.ts';

/** What each strategy makes of every class; saved with every evaluation on the way. */
export function ClassesTable({ strategies }: { readonly strategies: readonly StrategyState[] }) {
  const dataset = useSession((state) => state.dataset);
  const counts = dataset ? [...classCounts(dataset.train.labels, dataset.classes)] : [];
  const tables = classTables(strategies, { counts, characters: dataset?.characters ?? [] });
  const name = text.single.classes;
  useSaveable({ name, table: () => tables?.overTime ?? { head: [], rows: [] } });
  if (!tables) return <p className={styles.note}>{text.noClasses}</p>;
  return (
    <section className={`${styles.card} ${styles.wraps}`}>
      <DataTable caption={name} {...tables.shown} />
      <p className={styles.note}>{text.classesNote}</p>
    </section>
  );
}
