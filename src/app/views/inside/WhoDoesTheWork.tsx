import { ofLabels, STRATEGIES } from '../../../experiment/strategies.ts';
import {
  type ControlId,
  controlsFor,
  controlsOf,
  equalTo,
  hasFeatures,
  lastAlone,
  untold,
  type Controls,
} from '../../../session/controls.ts';
import { pressable } from '../../controls/hand-on.ts';
import { percent } from '../../format.ts';
import { useActions, useSession } from '../../store/context.tsx';
import { useStrategies } from '../../store/strategies.ts';
import { insideText } from '../../text/inside.ts';
import styles from './inside.module.css';

const text = insideText.work;

/** Before anything was measured. */
const NONE: Controls = { alone: { first: null, frozen: null }, joined: null, twin: null };

/** What parts of the method reach alone, beside what they reach together: so much is what working together is worth. */
export function WhoDoesTheWork() {
  const strategies = useStrategies();
  const features = useSession((state) => hasFeatures(state.plan));
  const last = useSession((state) => lastAlone(state.plan));
  const open = useSession((state) => untold(state.plan));
  const cuts = useSession((state) => state.labels.length);
  const labelled = ofLabels(strategies);
  const found = controlsOf(strategies);
  if (!labelled || (cuts === 0 && !found)) return null;
  const controls = found ?? NONE;
  const failed = labelled.status === 'failed';
  return (
    <section className={styles.work} aria-labelledby="work-heading">
      <h2 id="work-heading">{text.heading}</h2>
      <dl className={styles.strip}>
        {(Object.keys(controls.alone) as ControlId[]).map((id) => (
          <Figure
            key={id}
            name={id === 'frozen' && last ? text.lastAlone : text.names[id]}
            accuracy={controls.alone[id]}
          />
        ))}
        <Figure name={text.joined} accuracy={controls.joined} marked />
        {features && <Figure name={text.twin} accuracy={controls.twin} />}
      </dl>
      <div className={styles.verdict}>
        <p className={styles.note}>
          {failed ? text.stopped : labelled.final ? verdict(controls, { last, open }) : text.waiting}
        </p>
        <Missing />
      </div>
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly accuracy: number | null;
  readonly marked?: boolean;
}

function Figure({ name, accuracy, marked = false }: FigureProps) {
  return (
    <div data-marked={marked ? '' : undefined}>
      <dt>{name}</dt>
      <dd>{accuracy === null ? text.unknown : percent(accuracy)}</dd>
    </div>
  );
}

/** What follows from the figures; nothing before there is one to compare with. */
function verdict(controls: Controls, { last, open }: { last: boolean; open: boolean }): string {
  const same = equalTo(controls);
  const known = Object.values(controls.alone).filter((accuracy) => accuracy !== null);
  if (controls.joined === null || known.length === 0) return text.waiting;
  const said = same.map((id) => (id === 'frozen' && last ? text.lastDoes : text.same[id])).join(' ');
  const sums = Math.max(...known) > controls.joined ? text.less : open ? text.untold : text.more;
  return (said || sums) + (controls.twin === null ? '' : text.fair(percent(controls.twin)));
}

/** Offers the controls that must train for themselves. */
function Missing() {
  const { change, play } = useActions();
  const strategies = useSession((state) => state.experiment.strategies);
  const recorded = useSession((state) => state.recording !== null);
  const running = useSession((state) => state.status === 'running');
  const plan = useSession((state) => state.plan);
  const missing = plan ? controlsFor(plan).filter((id) => !strategies.includes(id)) : [];
  if (recorded || missing.length === 0) return null;
  const run = () => {
    change({ strategies: [...strategies, ...missing] });
    if (!running) play();
  };
  return (
    <button type="button" className="button" {...pressable(run)}>
      {text.run(missing.map((id) => STRATEGIES[id].label).join(', '))}
    </button>
  );
}
