import { TRAFFIC_PHASES } from '../../../devices/traffic.ts';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import type { ModeState } from '../../../session/state.ts';
import { bytes, whole } from '../../format.ts';
import { chartsText as text } from '../../text/charts.ts';
import { DataTable } from '../../charts/ChartCard.tsx';
import styles from '../../charts/charts.module.css';

/** Bytes and messages between devices, by mode and purpose. */
export function TrafficTable({ modes }: { modes: readonly ModeState[] }) {
  const rows = modes.map(({ id, devices }) => [
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
        head={[text.mode, ...TRAFFIC_PHASES.map((phase) => text.phases[phase])]}
        rows={rows}
      />
      <p className={styles.note}>{text.trafficNote}</p>
    </section>
  );
}
