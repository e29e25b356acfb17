import { memo, useRef, useState } from 'react';
import { SPAN_KINDS, type SpanKind } from '../../../devices/spans.ts';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import type { SessionState } from '../../../session/state.ts';
import { shapeOf } from '../../stage/shape.ts';
import { useSession } from '../../store/context.tsx';
import { useMeasuredStrategies } from '../../store/strategies.ts';
import { lanesText as text } from '../../text/lanes.ts';
import { LaneChart } from './LaneChart.tsx';
import { commonLength, type Stretch } from './lanes.ts';
import styles from './lanes.module.css';
import { isMany } from './many.ts';

/** What every device did when: real spans, all strategies on one axis in milliseconds or each on its own. */
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

/** What only devices do that train together: one that trains alone does all of it at once. */
const PARTED: readonly SpanKind[] = ['forward', 'backward', 'update'];

const ALL = 'all';

/** Drawn anew only when the gate lets it. */
const Lanes = memo(function Lanes({ all }: { readonly all: SessionState['strategies'] }) {
  const [together, setTogether] = useState(true);
  /** What was chosen to be seen, by strategy; of all under one name. */
  const [views, setViews] = useState<Readonly<Record<string, Stretch | null>>>({});
  const costEstimates = useSession((state) => state.costEstimates);
  // Those that are yet to run have their lanes, too: they stand where they will stand.
  const ran = Object.values(all).map(({ id, step, devices }) => ({
    id,
    devices:
      step > 0 && devices.length > 0
        ? devices
        : (costEstimates[id]?.devices ?? []).map(({ rank }) => ({ rank, spans: [] })),
  }));
  const exchange = ran.some(({ id }) => (costEstimates[id]?.messagesPerStep ?? 0) > 0);
  const sums = ran.some(({ id, devices }) => /copies|shares/.test(shapeOf(id, devices.length)));
  const used = SPAN_KINDS.filter(
    (kind) =>
      (kind === 'gather' ? sums : exchange || !PARTED.includes(kind)) ||
      ran.some(({ devices }) => devices.some(({ spans }) => spans.some((span) => span.kind === kind))),
  );
  const length = commonLength(ran.map(({ devices }) => devices.map(({ spans }) => spans)));
  const first: Stretch | null = together && length > 0 ? { from: -length, to: 0 } : null;
  return (
    <div
      className={styles.all}
      data-together={together ? '' : undefined}
      data-many={isMany(ran.map(({ devices }) => devices.length))}
    >
      <label className={styles.switch} data-screen="">
        <input type="checkbox" checked={together} onChange={({ target }) => setTogether(target.checked)} />
        {text.oneAxis}
      </label>
      <ul className={styles.legend} aria-label={text.legend}>
        {used.map((kind) => (
          <li key={kind}>
            <i className={styles[kind]} />
            {text.kinds[kind]}
          </li>
        ))}
        {(['done', 'core'] as const).map((rest) => (
          <li key={rest}>
            <i className={styles[rest]} />
            {text.restNames[rest]}
          </li>
        ))}
      </ul>
      {ran.map(({ id, devices }, index) => {
        const whose = together ? ALL : id;
        return (
          <LaneChart
            key={id}
            id={id}
            devices={devices}
            view={views[whose] ?? first}
            length={together ? length : null}
            // Where all show the same stretch, one has the tools for all.
            tools={!together ? STRATEGIES[id].label : index === 0 ? text.every : null}
            onView={(view) => setViews((all) => ({ ...all, [whose]: view }))}
          />
        );
      })}
      <p className={styles.note}>
        {text.intro}{' '}
        <span className={styles.keys} data-screen="">
          {text.keys}
        </span>
      </p>
    </div>
  );
});
