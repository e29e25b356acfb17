import { BASELINE, ofLabels } from '../../experiment/strategies.ts';
import type { MemoryKind } from '../../engines/ledger.ts';
import type { DeviceCostEstimate } from '../../strategies/contract.ts';
import { bytes, count, flops, percent } from '../format.ts';
import { useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import styles from './network.module.css';
import { heldBytes } from '../ledger/images.ts';

const SHOWN: readonly (MemoryKind & keyof typeof text)[] = [
  'parameters',
  'gradients',
  'optimizer',
  'activations',
  'labels',
  'data',
];

/** A card per device of the strategy that trains on labels and one for the baseline, from closed forms, with the measured figure once there. */
export function CostCards() {
  const parts = useSession((state) => ofLabels(state.costEstimates));
  const baseline = useSession((state) => state.costEstimates[BASELINE]);
  const measured = useSession((state) => ofLabels(state.strategies)?.devices);
  const measuredWhole = useSession((state) => state.strategies[BASELINE]?.devices);
  if (!parts || !baseline) return null;
  const [whole] = baseline.devices;
  return (
    <>
      {parts.devices.map((costEstimate) => (
        <CostCard
          key={costEstimate.rank}
          title={text.device(costEstimate.rank)}
          colour={`var(--device-${costEstimate.rank})`}
          costEstimate={costEstimate}
          whole={whole}
          measuredPeak={measured?.[costEstimate.rank]?.memory.peak}
        />
      ))}
      <CostCard
        title={text.conventional}
        colour={`var(--strategy-${BASELINE})`}
        costEstimate={whole}
        measuredPeak={measuredWhole?.[0]?.memory.peak}
      />
    </>
  );
}

interface CostCardProps {
  readonly title: string;
  readonly colour: string;
  readonly costEstimate: DeviceCostEstimate;
  /** What to compare with. */
  readonly whole?: DeviceCostEstimate;
  readonly measuredPeak: number | undefined;
}

function CostCard({ title, colour, costEstimate, whole, measuredPeak }: CostCardProps) {
  const { memory, parameters, flopsPerStep, sendsPerStep, holds } = costEstimate;
  const total = heldBytes(memory, false);
  const all = total + memory.data;
  return (
    <article className={styles.card} style={{ borderBlockStartColor: colour }}>
      <h3>
        {title} <span className={styles.faint}>{holds}</span>
      </h3>
      <div className={styles.stack} aria-hidden="true">
        {SHOWN.filter((kind) => kind !== 'data').map((kind) => (
          <i key={kind} style={{ flexGrow: memory[kind], background: `var(--memory-${kind})` }} />
        ))}
      </div>
      <dl>
        <Row name={text.memory} value={bytes(all)} note={text.modelled} strong />
        {measuredPeak !== undefined && <Row name="" value={bytes(measuredPeak)} note={text.measured} />}
        {SHOWN.filter((kind) => memory[kind] > 0).map((kind) => (
          <Row
            key={kind}
            name={text[kind]}
            value={bytes(memory[kind])}
            note={kind === 'parameters' ? count(parameters) : ''}
            colour={`var(--memory-${kind})`}
          />
        ))}
        <Row name={text.flopsPerStep} value={flops(flopsPerStep)} note="" strong />
        <Row name={text.bytesPerStep} value={bytes(sendsPerStep)} note="" strong />
      </dl>
      {whole && (
        <p className={styles.ratio}>
          {text.ofConventional(
            percent(total / heldBytes(whole.memory, false)),
            percent(flopsPerStep / whole.flopsPerStep),
          )}
        </p>
      )}
    </article>
  );
}

interface RowProps {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  readonly colour?: string;
  readonly strong?: boolean;
}

function Row({ name, value, note, colour, strong = false }: RowProps) {
  return (
    <div className={strong ? styles.strong : undefined}>
      <dt>
        {colour && <i className={styles.swatch} style={{ background: colour }} />}
        {name}
      </dt>
      <dd>
        {note && <span className={styles.faint}>{note}</span>} {value}
      </dd>
    </div>
  );
}
