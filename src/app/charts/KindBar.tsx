import type { MemoryByKind, MemoryKind } from '../../engines/ledger.ts';
import { chartsText as text } from '../text/charts.ts';
import styles from './kinds.module.css';

interface KindBarProps {
  readonly byKind: MemoryByKind | undefined;
  /** Those that count, in order. */
  readonly kinds: readonly MemoryKind[];
  /** Bytes that the whole track stands for. */
  readonly most: number;
}

/** Memory by kind, by hue and hatch. What it says is said beside it. */
export function KindBar({ byKind, kinds, most }: KindBarProps) {
  const end = (count: number) =>
    kinds.slice(0, count).reduce((sum, kind) => sum + (100 * (byKind?.[kind] ?? 0)) / most, 0);
  return (
    <span className={styles.track} aria-hidden="true">
      {kinds.map((kind, index) => (
        <i
          key={kind}
          className={styles.kind}
          data-kind={kind}
          style={{ clipPath: `inset(0 ${100 - end(index + 1)}% 0 ${end(index)}%)` }}
        />
      ))}
    </span>
  );
}

/** What hues and hatches stand for. */
export function KindsLegend({ kinds }: Pick<KindBarProps, 'kinds'>) {
  return (
    <ul className={styles.kinds}>
      {kinds.map((kind) => (
        <li key={kind}>
          <i className={styles.kind} data-kind={kind} />
          {text.kinds[kind]}
        </li>
      ))}
    </ul>
  );
}
