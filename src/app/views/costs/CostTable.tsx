import { MEMORY_KINDS, type MemoryByKind } from '../../../engines/ledger.ts';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import type { StrategyState } from '../../../session/state.ts';
import { STRATEGY_LIST } from '../../../strategies/registry.ts';
import { DataTable } from '../../charts/ChartCard.tsx';
import { bytes, flops, significant } from '../../format.ts';
import { useSession } from '../../store/context.tsx';
import { costsText } from '../../text/costs.ts';
import styles from './costs.module.css';

const text = costsText.costEstimate;

const withoutImages = (byKind: MemoryByKind): number =>
  MEMORY_KINDS.reduce((sum, kind) => (kind === 'data' ? sum : sum + byKind[kind]), 0);

/** Every strategy, running or not: what closed forms say, and what was measured where it has run. */
export function CostTable({ strategies }: { readonly strategies: readonly StrategyState[] }) {
  const costEstimates = useSession((state) => state.costEstimates);
  const rows = STRATEGY_LIST.flatMap(({ id }) => {
    const costEstimate = costEstimates[id];
    if (!costEstimate) return [];
    const ran = strategies.find((strategy) => strategy.id === id && strategy.step > 0);
    const modelled = costEstimate.devices.map(({ memory }) => withoutImages(memory));
    const measured = ran?.devices.map(({ memory }) => withoutImages(memory.peakByKind));
    const sent = ran?.devices.map((device) => device.sent.training) ?? [];
    const perStep = (of: (one: (typeof sent)[number]) => number) =>
      ran && sent.reduce((sum, one) => sum + of(one), 0) / ran.step;
    const both = (expected: number, found: number | undefined, format: (value: number) => string) =>
      found === undefined ? format(expected) : text.both(format(expected), format(found));
    return [
      [
        STRATEGIES[id].label,
        String(costEstimate.devices.length),
        both(Math.max(...modelled), measured && Math.max(...measured), bytes),
        both(sum(modelled), measured && sum(measured), bytes),
        flops(costEstimate.flopsPerStep),
        both(
          costEstimate.bytesPerStep,
          perStep((one) => one.bytes),
          bytes,
        ),
        both(
          costEstimate.messagesPerStep,
          perStep((one) => one.messages),
          significant,
        ),
      ],
    ];
  });
  const head = [text.strategy, text.devices, text.largest, text.sum, text.flops, text.bytes, text.messages];
  return (
    <section className={styles.card}>
      <DataTable caption={text.name} head={head} rows={rows} />
      <p className={styles.note}>{text.note}</p>
    </section>
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
