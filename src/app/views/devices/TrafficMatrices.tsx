import { useState } from 'react';
import { TRAFFIC_PHASES, type TrafficPhase } from '../../../devices/traffic.ts';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import type { DeviceState, StrategyState } from '../../../session/state.ts';
import { bytes, whole } from '../../format.ts';
import { costsText } from '../../text/costs.ts';
import styles from '../costs/costs.module.css';

const text = costsText.matrix;

/** Device × device: bytes sent, per strategy. */
export function TrafficMatrices({ strategies }: { readonly strategies: readonly StrategyState[] }) {
  const [phase, setPhase] = useState<TrafficPhase>('training');
  const several = strategies.filter(({ devices }) => devices.length > 1);
  return (
    <section className={styles.card} aria-labelledby="matrix-heading">
      <header className={styles.head}>
        <h3 id="matrix-heading">{text.heading}</h3>
        <label className={styles.choice}>
          {text.purpose}
          <select value={phase} onChange={({ target }) => setPhase(target.value as TrafficPhase)}>
            {TRAFFIC_PHASES.map((one) => (
              <option key={one} value={one}>
                {text.purposes[one]}
              </option>
            ))}
          </select>
        </label>
      </header>
      {several.length === 0 && <p className={styles.note}>{text.empty}</p>}
      <div className={styles.matrices}>
        {several.map(({ id, devices, epochs }) => (
          <Matrix key={id} label={STRATEGIES[id].label} devices={devices} phase={phase} epochs={epochs} />
        ))}
      </div>
    </section>
  );
}

interface MatrixProps {
  readonly label: string;
  readonly devices: readonly DeviceState[];
  readonly phase: TrafficPhase;
  readonly epochs: number;
}

function Matrix({ label, devices, phase, epochs }: MatrixProps) {
  const total = devices.reduce((sum, { sent }) => sum + sent[phase].bytes, 0);
  const most = Math.max(
    1,
    ...devices.flatMap(({ sentTo }) => Object.values(sentTo[phase]).map((count) => count.bytes)),
  );
  const perEpoch = phase === 'training' && epochs > 0 ? text.perEpoch(bytes(total / epochs)) : bytes(total);
  return (
    <div className={styles.matrix}>
      <table>
        <caption>{text.name(label)}</caption>
        <thead>
          <tr>
            <th scope="col">{text.from}</th>
            {devices.map(({ rank }) => (
              <th key={rank} scope="col">
                {rank + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {devices.map(({ rank: from, sentTo }) => (
            <tr key={from}>
              <th scope="row">{from + 1}</th>
              {devices.map(({ rank: to }) => {
                const count = sentTo[phase][to];
                return (
                  <td
                    key={to}
                    title={count && text.cell(bytes(count.bytes), whole(count.messages))}
                    style={{
                      background: `color-mix(in srgb, var(--accent) ${(45 * (count?.bytes ?? 0)) / most}%, transparent)`,
                    }}
                  >
                    {from === to ? '' : bytes(count?.bytes ?? 0)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{total === 0 ? text.none : perEpoch}</p>
    </div>
  );
}
