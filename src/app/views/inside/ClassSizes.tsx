import { classCounts } from '../../../experiment/balances/balance.ts';
import { DataTable } from '../../charts/ChartCard.tsx';
import { percent, whole } from '../../format.ts';
import { useSession } from '../../store/context.tsx';
import { chartsText } from '../../text/charts.ts';
import { insideText as text } from '../../text/inside.ts';
import { rarestFirst, rareAndRest } from './sizes.ts';
import styles from './inside.module.css';

interface ClassSizesProps {
  /** Norm of answers over norm of their label, by class. */
  readonly sizes: readonly (number | null)[];
}

/** Whether rare classes' answers shrink: in a sentence, and by class. */
export function ClassSizes({ sizes }: ClassSizesProps) {
  const dataset = useSession((state) => state.dataset);
  if (!dataset) return null;
  const counts = classCounts(dataset.train.labels, dataset.classes);
  const order = rarestFirst(counts);
  const means = rareAndRest(sizes, order);
  return (
    <>
      {means && <p className={styles.note}>{text.sizes(percent(means.rare), percent(means.rest))}</p>}
      <details className={styles.more}>
        <summary>{text.sizesByClass}</summary>
        <DataTable
          caption={text.sizesByClass}
          head={[chartsText.class, chartsText.trainingImages, text.size]}
          rows={order.map((label) => [
            dataset.characters[label] ?? String(label),
            counts[label],
            sizes[label] ?? null,
          ])}
          format={(value, column) => (column === 1 ? whole : percent)(value)}
        />
        <p className={styles.note}>{text.sizesNote}</p>
      </details>
    </>
  );
}
