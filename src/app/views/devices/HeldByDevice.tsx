import { useRef } from 'react';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import { KindBar, KindsLegend } from '../../charts/KindBar.tsx';
import { LineSample } from '../../controls/LineSample.tsx';
import { bytes } from '../../format.ts';
import { useImages } from '../../ledger/images.ts';
import { numberAndUnit } from '../../stage/layout.ts';
import { useSession } from '../../store/context.tsx';
import { useMeasuredStrategies } from '../../store/strategies.ts';
import { networkText as text } from '../../text/network.ts';
import { kindsOf, sumOf } from '../curves/memory.ts';
import styles from './devices.module.css';
import { isMany } from './many.ts';

/** What every device of every strategy holds at most, by kind: measured, or foretold where it has not run. */
export function HeldByDevice() {
  const place = useRef<HTMLElement>(null);
  const strategies = Object.values(useMeasuredStrategies(place));
  const costEstimates = useSession((state) => state.costEstimates);
  const images = useImages((state) => state.images);
  const kinds = kindsOf(images);
  const rows = strategies.map(({ id, devices }) => {
    const measured = devices.length > 0;
    const held = measured
      ? devices.map(({ memory }) => memory.peakByKind)
      : (costEstimates[id]?.devices ?? []).map(({ memory }) => memory);
    return { id, measured, devices: held.map((byKind) => ({ byKind, all: sumOf(byKind, kinds) })) };
  });
  const all = rows.flatMap(({ devices }) => devices);
  const most = Math.max(1, ...all.map((device) => device.all));
  const used = kinds.filter((kind) => all.some(({ byKind }) => byKind[kind] > most / 100));
  return (
    <section
      ref={place}
      className={styles.held}
      aria-labelledby="devices-heading"
      data-many={isMany(strategies.map(({ id }) => costEstimates[id]?.devices.length ?? 1))}
    >
      <h2 id="devices-heading">
        {text.devices}
        <span className={styles.unit} aria-hidden="true">
          {text.inUnit(numberAndUnit(most, most).unit)}
        </span>
      </h2>
      <ul className={styles.strategies}>
        {rows.map(({ id, measured, devices }) => (
          <li key={id} data-measured={measured}>
            <span className={styles.name}>
              <LineSample id={id} />
              {STRATEGIES[id].short}
            </span>
            <span className={styles.bars}>
              {devices.map(({ byKind }, rank) => (
                <KindBar key={rank} byKind={byKind} kinds={kinds} most={most} />
              ))}
            </span>
            <Amounts measured={measured} most={most} amounts={devices.map((device) => device.all)} />
          </li>
        ))}
      </ul>
      <KindsLegend kinds={used} />
    </section>
  );
}

/** Of what is foretold. */
const MARK = '≈ ';

interface AmountsProps {
  readonly measured: boolean;
  /** Bytes, by rank. */
  readonly amounts: readonly number[];
  /** Of all, whose unit they have. */
  readonly most: number;
}

/** A number a device, one below the other; where bars are low, one after the other. */
function Amounts({ measured, amounts, most }: AmountsProps) {
  const about = measured ? '' : MARK;
  return (
    <span className={styles.amounts}>
      {amounts.map((amount, rank) => (
        <span key={rank}>
          <span className="visually-hidden">{text.row.holds(rank, about + bytes(amount))} </span>
          <span aria-hidden="true">
            {/* The mark goes, and its place stays. */}
            <span className={styles.mark} data-gone={measured ? '' : undefined}>
              {MARK}
            </span>
            {numberAndUnit(amount, most).number}
            <span className={styles.unit}> {numberAndUnit(amount, most).unit}</span>
          </span>
        </span>
      ))}
    </span>
  );
}
