import { memo, useRef } from 'react';
import { SPAN_KINDS } from '../../../devices/spans.ts';
import type { SessionState } from '../../../session/state.ts';
import { useMeasuredStrategies } from '../../store/strategies.ts';
import { lanesText as text } from '../../text/lanes.ts';
import { LaneChart } from './LaneChart.tsx';
import styles from './lanes.module.css';

/** What every device did when: real spans, on one time axis per strategy. */
export function LanesPanel() {
  const place = useRef<HTMLElement>(null);
  const shown = useMeasuredStrategies(place);
  return (
    <section ref={place} className={styles.panel} aria-labelledby="lanes-heading">
      <h2 id="lanes-heading">{text.heading}</h2>
      <Lanes all={shown} />
    </section>
  );
}

/** Drawn anew only when the gate lets it. */
const Lanes = memo(function Lanes({ all }: { readonly all: SessionState['strategies'] }) {
  const ran = Object.values(all).filter(({ step, devices }) => step > 0 && devices.length > 0);
  if (ran.length === 0) return <p className={styles.card}>{text.empty}</p>;
  const used = SPAN_KINDS.filter((kind) =>
    ran.some(({ devices }) => devices.some(({ spans }) => spans.some((span) => span.kind === kind))),
  );
  return (
    <div className={styles.card}>
      <p className={styles.note}>
        {text.intro} {text.keys}
      </p>
      <ul className={styles.legend} aria-label={text.legend}>
        {used.map((kind) => (
          <li key={kind}>
            <i className={styles[kind]} />
            {text.kinds[kind]}
          </li>
        ))}
      </ul>
      {ran.map(({ id, devices }) => (
        <LaneChart key={id} id={id} devices={devices} />
      ))}
    </div>
  );
});
