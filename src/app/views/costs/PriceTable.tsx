import { MEMORY_KINDS, type MemoryByKind } from '../../../engines/ledger.ts';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import type { ModeState } from '../../../session/state.ts';
import { STRATEGY_LIST } from '../../../strategies/registry.ts';
import { DataTable } from '../../charts/ChartCard.tsx';
import { bytes, flops, significant } from '../../format.ts';
import { useSession } from '../../store/context.tsx';
import { costsText } from '../../text/costs.ts';
import styles from './costs.module.css';

const text = costsText.price;

const withoutImages = (byKind: MemoryByKind): number =>
  MEMORY_KINDS.reduce((sum, kind) => (kind === 'data' ? sum : sum + byKind[kind]), 0);

/** Every way of training, running or not: what closed forms say, and what was measured where it has run. */
export function PriceTable({ modes }: { readonly modes: readonly ModeState[] }) {
  const prices = useSession((state) => state.prices);
  const rows = STRATEGY_LIST.flatMap(({ id }) => {
    const price = prices[id];
    if (!price) return [];
    const ran = modes.find((mode) => mode.id === id && mode.step > 0);
    const modelled = price.devices.map(({ memory }) => withoutImages(memory));
    const measured = ran?.devices.map(({ memory }) => withoutImages(memory.peakByKind));
    const sent = ran?.devices.map((device) => device.sent.training) ?? [];
    const perStep = (of: (one: (typeof sent)[number]) => number) =>
      ran && sent.reduce((sum, one) => sum + of(one), 0) / ran.step;
    const both = (expected: number, found: number | undefined, format: (value: number) => string) =>
      found === undefined ? format(expected) : text.both(format(expected), format(found));
    return [
      [
        STRATEGIES[id].label,
        String(price.devices.length),
        both(Math.max(...modelled), measured && Math.max(...measured), bytes),
        both(sum(modelled), measured && sum(measured), bytes),
        flops(price.flopsPerStep),
        both(
          price.bytesPerStep,
          perStep((one) => one.bytes),
          bytes,
        ),
        both(
          price.messagesPerStep,
          perStep((one) => one.messages),
          significant,
        ),
      ],
    ];
  });
  const head = [text.way, text.devices, text.largest, text.sum, text.flops, text.bytes, text.messages];
  return (
    <section className={styles.card}>
      <DataTable caption={text.name} head={head} rows={rows} />
      <p className={styles.note}>{text.note}</p>
    </section>
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
