import { useMemo } from 'react';
import { classCounts } from '../../../experiment/balances/balance.ts';
import type { StrategyState } from '../../../session/state.ts';
import { DataTable } from '../../charts/ChartCard.tsx';
import styles from '../../charts/charts.module.css';
import { useSaveable } from '../../charts/saveables.ts';
import { useSession } from '../../store/context.tsx';
import { chartsText as text } from '../../text/charts.ts';
import { classPictures, classTables, rarestFirst } from './classes.ts';
import own from './classes.module.css';
import { ClassesOverTime } from './ClassesOverTime.tsx';

/** What each strategy makes of every class; saved with every evaluation on the way. */
export function ClassesTable({ strategies }: { readonly strategies: readonly StrategyState[] }) {
  const dataset = useSession((state) => state.dataset);
  const counts = useMemo(
    () => (dataset ? [...classCounts(dataset.train.labels, dataset.classes)] : []),
    [dataset],
  );
  const characters = dataset?.characters ?? [];
  const tables = classTables(strategies, { counts, characters });
  const pictures = classPictures(strategies, counts);
  const classes = pictures[0]?.columns[0].accuracies.length ?? 0;
  const names = rarestFirst(classes, counts).map((label) => characters[label] ?? String(label));
  const epochs = Math.max(0, ...pictures.map(({ columns }) => columns.at(-1)!.epochs));
  const name = text.single.classes;
  useSaveable({ name, table: () => tables?.overTime ?? { head: [], rows: [] } });
  if (!tables) return <p className={styles.note}>{text.noClasses}</p>;
  return (
    <section className={`${styles.card} ${styles.wraps}`}>
      <div className={own.pictures}>
        {pictures.map((picture) => (
          <ClassesOverTime key={picture.id} picture={picture} epochs={epochs} names={names} />
        ))}
      </div>
      <p className={styles.note}>{text.classPicturesNote}</p>
      <DataTable caption={name} {...tables.shown} />
      <p className={styles.note}>{text.classesNote}</p>
    </section>
  );
}
