import { useState } from 'react';
import { BASELINE, STRATEGIES } from '../../../experiment/strategies.ts';
import type { StrategyState } from '../../../session/state.ts';
import { DataTable } from '../../charts/ChartCard.tsx';
import { bytes, duration, flops, percent, significant } from '../../format.ts';
import { costsText } from '../../text/costs.ts';
import styles from './costs.module.css';
import { milestones, SHARES } from '../../../session/milestones.ts';

const text = costsText.milestones;

/** How soon each strategy is nearly as good as conventional training becomes. */
export function Milestones({ strategies }: { readonly strategies: readonly StrategyState[] }) {
  const [share, setShare] = useState<number>(SHARES[1]);
  const milestone = milestones(strategies).find((one) => one.share === share);
  // Before the goal is known their rows are there.
  const comes = strategies.some(({ id }) => id === BASELINE);
  const rows = comes
    ? strategies.map(({ id }) => {
        const point = milestone?.reached.find((one) => one.id === id)?.point;
        return [
          STRATEGIES[id].label,
          ...(point
            ? [
                significant(point.epochs),
                duration(point.seconds),
                flops(point.flops),
                bytes(point.bytes),
                percent(point.testAccuracy),
              ]
            : [milestone ? text.never : text.unknown, '', '', '', '']),
        ];
      })
    : null;
  return (
    <section
      className={`${styles.card} ${styles.columns} ${styles.rows}`}
      aria-labelledby="milestones-heading"
    >
      <header className={styles.head}>
        <h3 id="milestones-heading">{text.name}</h3>
        <label className={styles.choice}>
          {text.target}
          <select value={share} onChange={({ target }) => setShare(Number(target.value))}>
            {SHARES.map((one) => (
              <option key={one} value={one}>
                {text.share(one)}
              </option>
            ))}
          </select>
        </label>
      </header>
      {rows ? (
        <>
          <DataTable
            caption={milestone ? text.goal(percent(milestone.accuracy)) : text.noGoal}
            head={text.head}
            rows={rows}
          />
          <p className={styles.note}>{text.note}</p>
        </>
      ) : (
        <p className={styles.note}>{text.empty}</p>
      )}
    </section>
  );
}
