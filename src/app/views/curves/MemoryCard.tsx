import { MEMORY_KINDS, type MemoryKind, type MemoryReading } from '../../../engines/ledger.ts';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import type { StrategyState, SessionState } from '../../../session/state.ts';
import { bytes } from '../../format.ts';
import { chartsText as text } from '../../text/charts.ts';
import { ChartCard } from '../../charts/ChartCard.tsx';
import styles from '../../charts/charts.module.css';
import type { TableData } from '../../charts/table.ts';

interface Bar {
  readonly key: string;
  readonly label: string;
  readonly memory: MemoryReading;
  readonly total: number;
  readonly peak: number;
  readonly modelled: number;
}

/** The kinds that count: all, or all but the images. */
const kindsOf = (images: boolean) => MEMORY_KINDS.filter((kind) => images || kind !== 'data');

function barsOf(
  strategies: readonly StrategyState[],
  costEstimates: SessionState['costEstimates'],
  kinds: readonly MemoryKind[],
): Bar[] {
  return strategies.flatMap(({ id, devices }) =>
    devices.map(({ rank, memory }) => ({
      key: `${id}-${rank}`,
      label: text.device(STRATEGIES[id].label, rank, devices.length > 1),
      memory,
      total: sum(memory.byKind, kinds),
      peak: sum(memory.peakByKind, kinds),
      modelled: sum(costEstimates[id]?.devices[rank]?.memory, kinds),
    })),
  );
}

const sum = (
  byKind: Readonly<Record<MemoryKind, number>> | undefined,
  kinds: readonly MemoryKind[],
): number => (byKind ? kinds.reduce((total, kind) => total + byKind[kind], 0) : 0);

/** What each device holds now, by kind, with its high-water mark and what the closed forms say. */
export function MemoryCard({
  strategies,
  costEstimates,
  images,
  onImages,
}: {
  readonly strategies: readonly StrategyState[];
  readonly costEstimates: SessionState['costEstimates'];
  /** Whether the images count. Every strategy needs them once, and they dwarf a small network. */
  readonly images: boolean;
  readonly onImages: (count: boolean) => void;
}) {
  const kinds = kindsOf(images);
  const bars = barsOf(strategies, costEstimates, kinds);
  const most = Math.max(1, ...bars.map(({ peak, modelled }) => Math.max(peak, modelled)));
  const share = (value: number) => `${(100 * value) / most}%`;
  const used = kinds.filter((kind) => bars.some(({ memory }) => memory.byKind[kind] > 0));
  const summary =
    bars.length === 0
      ? text.empty
      : text.summary(
          text.memory,
          bars.map(({ label, total }) => text.summaryPart(label, bytes(total))),
        );
  const table = (): TableData => ({
    head: [text.kind, ...bars.map(({ label }) => label)],
    units: ['', ...bars.map(() => text.units.bytes)],
    rows: [
      ...kinds.map((kind) => [text.kinds[kind], ...bars.map(({ memory }) => memory.byKind[kind])]),
      [text.total, ...bars.map(({ total }) => total)],
      [text.peak, ...bars.map(({ peak }) => peak)],
      [text.modelled, ...bars.map(({ modelled }) => modelled)],
      [text.looking, ...bars.map(({ memory }) => memory.looking)],
    ],
    format: bytes,
  });
  return (
    <ChartCard
      name={text.memory}
      summary={summary}
      table={table}
      tools={
        <label className={styles.check}>
          <input type="checkbox" checked={images} onChange={({ target }) => onImages(target.checked)} />
          {text.withImages}
        </label>
      }
    >
      {bars.length === 0 ? (
        <p className={styles.emptyBars}>{text.empty}</p>
      ) : (
        <div className={styles.barsRoom}>
          <div className={styles.bars}>
            {bars.map(({ key, label, memory, total, peak, modelled }) => (
              <div key={key} className={styles.bar}>
                <span className={styles.barLabel}>{label}</span>
                <div className={styles.track}>
                  {kinds.map((kind) => (
                    <i
                      key={kind}
                      style={{ inlineSize: share(memory.byKind[kind]), background: `var(--memory-${kind})` }}
                      title={`${text.kinds[kind]}: ${bytes(memory.byKind[kind])}`}
                    />
                  ))}
                  <i className={styles.peak} style={{ insetInlineStart: share(peak) }} />
                  <i className={styles.modelled} style={{ insetInlineStart: share(modelled) }} />
                </div>
                <span className={styles.barValue}>{bytes(total)}</span>
              </div>
            ))}
            <ul className={styles.legend}>
              {used.map((kind) => (
                <li key={kind}>
                  <i style={{ background: `var(--memory-${kind})` }} />
                  {text.kinds[kind]}
                </li>
              ))}
              <li>
                <i className={styles.peakSample} />
                {text.peak}
              </li>
              <li>
                <i className={styles.modelledSample} />
                {text.modelled}
              </li>
            </ul>
          </div>
        </div>
      )}
    </ChartCard>
  );
}
