import { memo, useRef } from 'react';
import type { SessionState } from '../../../session/state.ts';
import { useMeasuredStrategies } from '../../store/strategies.ts';
import { costsText as text } from '../../text/costs.ts';
import styles from './costs.module.css';
import { Milestones } from './Milestones.tsx';
import { CostTable } from './CostTable.tsx';
import { SeparateMachines } from './SeparateMachines.tsx';

/** Memory, work, traffic and time of every strategy, modelled and measured. */
export function CostsPanel() {
  const place = useRef<HTMLElement>(null);
  const shown = useMeasuredStrategies(place);
  return (
    <section ref={place} className={styles.panel} aria-labelledby="costs-heading">
      <h2 id="costs-heading" className="visually-hidden">
        {text.heading}
      </h2>
      <Costs all={shown} />
    </section>
  );
}

/** Drawn anew only when the gate lets it. */
const Costs = memo(function Costs({ all }: { readonly all: SessionState['strategies'] }) {
  const strategies = Object.values(all);
  return (
    <div className={styles.grid}>
      <CostTable strategies={strategies} />
      <Milestones strategies={strategies} />
      <SeparateMachines strategies={strategies} />
    </div>
  );
});
