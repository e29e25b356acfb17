import { MEMORY_KINDS, type MemoryByKind } from '../../../engines/ledger.ts';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import type { StrategyState } from '../../../session/state.ts';
import { STRATEGY_LIST } from '../../../strategies/registry.ts';
import { sum } from '../../../network/sums.ts';
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
    const chosen = strategies.find((strategy) => strategy.id === id);
    const ran = chosen && chosen.step > 0 ? chosen : undefined;
    const modelled = costEstimate.devices.map(({ memory }) => withoutImages(memory));
    const measured = ran?.devices.map(({ memory }) => withoutImages(memory.peakByKind));
    const sent = ran?.devices.map((device) => device.sent.training) ?? [];
    const perStep = (of: (one: (typeof sent)[number]) => number) =>
      ran && sent.reduce((sum, one) => sum + of(one), 0) / ran.step;
    const both = (expected: number, found: number | undefined, format: (value: number) => string): Price => ({
      measured: found === undefined ? null : format(found),
      modelled: format(expected),
      none: (found ?? expected) === 0,
      takesPart: chosen !== undefined,
    });
    return [
      {
        name: STRATEGIES[id].label,
        prices: [
          both(
            costEstimate.bytesPerStep,
            perStep((one) => one.bytes),
            bytes,
          ),
          both(Math.max(...modelled), measured && Math.max(...measured), bytes),
          both(sum(modelled), measured && sum(measured), bytes),
          both(
            costEstimate.messagesPerStep,
            perStep((one) => one.messages),
            significant,
          ),
        ],
        // Neither is ever measured.
        facts: [flops(costEstimate.flopsPerStep), String(costEstimate.devices.length)],
      },
    ];
  });
  const head = [text.strategy, text.bytes, text.largest, text.sum, text.messages, text.flops, text.devices];
  return (
    <section className={`${styles.card} ${styles.columns}`}>
      <DataTable
        caption={text.name}
        head={head}
        rows={rows.map(({ name, prices, facts }) => [name, ...prices.map(shownPrice), ...facts])}
        show={(shown, row, column) => {
          const price = rows[row]?.prices[column - 1];
          if (!price) return shown;
          const { measured, modelled, none, takesPart } = price;
          if (none) return <b>{shown}</b>;
          return measured === null && !takesPart ? (
            shown
          ) : (
            // Both have their place before it has run: nothing moves when the first is known.
            <span key={measured}>
              {measured ?? text.unknown}{' '}
              <small className={styles.modelled} data-same={measured === modelled ? '' : undefined}>
                {text.about(modelled)}
              </small>
            </span>
          );
        }}
      />
      <p className={styles.note}>{text.note}</p>
    </section>
  );
}

/** One figure of a strategy, each as text. */
interface Price {
  /** Null where it has not run. */
  readonly measured: string | null;
  readonly modelled: string;
  /** It is nothing, which is what a reader looks for. */
  readonly none: boolean;
  /** It runs in this experiment, now or soon. */
  readonly takesPart: boolean;
}

const shownPrice = ({ measured, modelled, none }: Price): string =>
  measured ?? (none ? modelled : text.about(modelled));
