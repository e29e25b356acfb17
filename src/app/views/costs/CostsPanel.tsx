import { memo, useRef } from 'react';
import type { SessionState } from '../../../session/state.ts';
import { useMeasuredModes } from '../../store/modes.ts';
import { costsText as text } from '../../text/costs.ts';
import styles from './costs.module.css';
import { Milestones } from './Milestones.tsx';
import { PriceTable } from './PriceTable.tsx';
import { SeparateMachines } from './SeparateMachines.tsx';
import { TrafficMatrices } from '../devices/TrafficMatrices.tsx';

/** Memory, work, traffic and time of every way of training, modelled and measured. */
export function CostsPanel() {
  const place = useRef<HTMLElement>(null);
  const shown = useMeasuredModes(place);
  return (
    <section ref={place} className={styles.panel} aria-labelledby="costs-heading">
      <h2 id="costs-heading">{text.heading}</h2>
      <Costs all={shown} />
    </section>
  );
}

/** Drawn anew only when the gate lets it. */
const Costs = memo(function Costs({ all }: { readonly all: SessionState['modes'] }) {
  const modes = Object.values(all);
  return (
    <div className={styles.grid}>
      <PriceTable modes={modes} />
      <TrafficMatrices modes={modes} />
      <Milestones modes={modes} />
      <SeparateMachines modes={modes} />
    </div>
  );
});
