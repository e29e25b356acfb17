import { TRAFFIC_PHASES } from '../../../devices/traffic.ts';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import type { StrategyState } from '../../../session/state.ts';
import { bytes, whole } from '../../format.ts';
import { chartsText as text } from '../../text/charts.ts';
import { DataTable } from '../../charts/ChartCard.tsx';
import styles from '../../charts/charts.module.css';

/** Bytes and messages between devices, by strategy and purpose. */
export function TrafficTable({ strategies }: { strategies: readonly StrategyState[] }) {
  const rows = strategies.map(({ id, devices }) => [
    STRATEGIES[id].label,
    ...TRAFFIC_PHASES.map((phase) => {
      const sent = devices.map((device) => device.sent[phase]);
      return text.messages(
        bytes(sent.reduce((sum, one) => sum + one.bytes, 0)),
        whole(sent.reduce((sum, one) => sum + one.messages, 0)),
      );
    }),
  ]);
  return (
    <section className={`${styles.card} ${styles.wraps}`}>
      <DataTable
        caption={text.traffic}
        head={[text.strategy, ...TRAFFIC_PHASES.map((phase) => text.phases[phase])]}
        rows={rows}
      />
      <p className={styles.note}>{text.trafficNote}</p>
    </section>
  );
}
