import { useState } from 'react';
import { BASELINE, labelled, STRATEGIES } from '../../../experiment/strategies.ts';
import type { StrategyState } from '../../../session/state.ts';
import { strategyOf } from '../../../strategies/registry.ts';
import { DataTable } from '../../charts/ChartCard.tsx';
import { NumberInput } from '../../controls/NumberInput.tsx';
import { duration, percent } from '../../format.ts';
import { useSession } from '../../store/context.tsx';
import { costsText } from '../../text/costs.ts';
import styles from './costs.module.css';
import { estimates, LINKS } from './machines.ts';

const text = costsText.machines;
const CUSTOM = 'custom';
const BANDWIDTH = { ...text.bandwidth, min: 0.001, max: 1e6, whole: false };
const LATENCY = { ...text.latency, min: 0, max: 1e6, whole: false };

/** What this run would take if every device were a machine of its own: modelled from measured times and messages. */
export function SeparateMachines({ strategies }: { readonly strategies: readonly StrategyState[] }) {
  const [chosen, setChosen] = useState('ethernet1');
  // MB/s and µs.
  const [bandwidth, setBandwidth] = useState(1000);
  const [latency, setLatency] = useState(50);
  const experiment = useSession((state) => state.experiment);
  const plan = useSession((state) => state.plan);
  const costEstimates = useSession((state) => state.costEstimates);
  const link = LINKS.find(({ id }) => id === chosen) ?? {
    bandwidth: 1e6 * bandwidth,
    latency: 1e-6 * latency,
  };
  const found = plan ? estimates(strategies, { experiment, plan, costEstimates }, link) : [];
  const conventional = found.find(({ id }) => id === BASELINE);
  const ofLabels = labelled(found.map(({ id }) => id));
  const rows = found.map(({ id, computing, epoch, accuracy }) => [
    STRATEGIES[id].label,
    duration(computing),
    duration(epoch),
    conventional ? `${(epoch / conventional.epoch).toFixed(2)}×` : '',
    accuracy === null ? '' : percent(accuracy),
  ]);
  // Those that are yet to run.
  const others = strategies.filter(({ id }) => !found.some((one) => one.id === id));
  for (const { id } of others) rows.push([STRATEGIES[id].label, text.unknown, '', '', '']);
  return (
    <section className={`${styles.card} ${styles.columns} ${styles.rows}`} aria-labelledby="machines-heading">
      <header className={styles.head}>
        <h3 id="machines-heading">{text.name}</h3>
        <label className={styles.choice}>
          {text.link}
          <select value={chosen} onChange={({ target }) => setChosen(target.value)}>
            {[...LINKS.map(({ id }) => id), CUSTOM].map((id) => (
              <option key={id} value={id}>
                {text.links[id]}
              </option>
            ))}
          </select>
        </label>
      </header>
      {chosen === CUSTOM && (
        <div className={styles.custom}>
          <NumberInput field={BANDWIDTH} value={bandwidth} onChange={setBandwidth} />
          <NumberInput field={LATENCY} value={latency} onChange={setLatency} />
        </div>
      )}
      <p className={styles.said}>
        {found.length === 0
          ? text.empty
          : text.verdict(STRATEGIES[found[0].id].label, ofLabels ? STRATEGIES[ofLabels].label : null)}
      </p>
      <DataTable
        caption={text.table}
        head={[text.strategy, text.computing, text.epoch, text.ratio, text.accuracy]}
        rows={rows}
      />
      <p className={styles.note}>{text.note}</p>
      <details className={styles.note}>
        <summary>{text.formulas}</summary>
        <dl>
          {strategies.map(({ id }) => (
            <div key={id}>
              <dt>{STRATEGIES[id].label}</dt>
              <dd>{strategyOf(id).stepFormula}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}
