import { useState } from 'react';
import { TRAFFIC_PHASES, type TrafficPhase } from '../../../devices/traffic.ts';
import { STRATEGIES, type StrategyId } from '../../../experiment/strategies.ts';
import type { DeviceState, StrategyState } from '../../../session/state.ts';
import { bytes, whole } from '../../format.ts';
import { costsText } from '../../text/costs.ts';
import { useSession } from '../../store/context.tsx';
import styles from './devices.module.css';

const text = costsText.matrix;

/** Device × device: bytes sent, of one strategy at a time. */
export function TrafficMatrix({ strategies }: { readonly strategies: readonly StrategyState[] }) {
  const [phase, setPhase] = useState<TrafficPhase>('training');
  const [chosen, choose] = useState<StrategyId | null>(null);
  const costEstimates = useSession((state) => state.costEstimates);
  const several = strategies.filter(({ id }) => (costEstimates[id]?.devices.length ?? 1) > 1);
  const toSend = ({ id }: StrategyState) => costEstimates[id]?.bytesPerStep ?? 0;
  const [most] = several.toSorted((a, b) => toSend(b) - toSend(a));
  const shown = several.find(({ id }) => id === chosen) ?? most;
  return (
    <section className={styles.traffic} aria-labelledby="matrix-heading">
      <h2 id="matrix-heading">{text.heading}</h2>
      {shown ? (
        <>
          <div className={styles.choices}>
            <select
              aria-label={text.strategy}
              value={shown.id}
              onChange={({ target }) => choose(several.find(({ id }) => id === target.value)?.id ?? null)}
            >
              {several.map(({ id }) => (
                <option key={id} value={id}>
                  {STRATEGIES[id].short}
                </option>
              ))}
            </select>
            <select
              aria-label={text.purpose}
              value={phase}
              onChange={({ target }) =>
                setPhase(TRAFFIC_PHASES.find((one) => one === target.value) ?? 'training')
              }
            >
              {TRAFFIC_PHASES.map((one) => (
                <option key={one} value={one}>
                  {text.purposes[one]}
                </option>
              ))}
            </select>
          </div>
          <Matrix
            label={STRATEGIES[shown.id].label}
            devices={
              shown.devices.length > 0 ? shown.devices : costEstimates[shown.id]!.devices.map(nothingSent)
            }
            phase={phase}
            epochs={shown.epochs}
          />
        </>
      ) : (
        <p className={styles.note}>{text.empty}</p>
      )}
    </section>
  );
}

type Sender = Pick<DeviceState, 'rank' | 'sent' | 'sentTo'>;

/** A device before there is one. */
const nothingSent = ({ rank }: { readonly rank: number }): Sender => ({
  rank,
  sent: { training: NOTHING, evaluation: NOTHING, join: NOTHING },
  sentTo: { training: {}, evaluation: {}, join: {} },
});
const NOTHING = { bytes: 0, messages: 0 };

interface MatrixProps {
  readonly label: string;
  readonly devices: readonly Sender[];
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
        <caption className="visually-hidden">{text.name(label)}</caption>
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
                    // A number of another length takes its place: none is pushed aside.
                    key={`${to} ${bytes(count?.bytes ?? 0).length}`}
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
