import { useSession, useActions } from '../../../store/context.tsx';
import { roughly } from '../../../format.ts';
import { nameOf } from '../../../../session/study/run-grid.ts';
import type { PlannedSweep } from '../../../../session/study/ask.ts';
import type { GoingSweep, Sweeper } from '../../../../session/study/sweep.ts';
import { sweepText as text } from '../../../text/sweep.ts';
import styles from './sweep.module.css';
import { useExpected } from './useExpected.ts';

interface SweepControlsProps {
  readonly plan: PlannedSweep | null;
  readonly going: GoingSweep | null;
  readonly sweeper: Pick<Sweeper, 'start' | 'pause' | 'goOn' | 'stop' | 'datasetOf'>;
  /** Runs of the plan that are there. */
  readonly found: number;
}

/** What a sweep will take, how far it is, and what can be done with it. */
export function SweepControls({ plan, going, sweeper, found }: SweepControlsProps) {
  if (going) return <Going going={going} own={going.fragment === plan?.fragment} sweeper={sweeper} />;
  return plan && <Ready plan={plan} sweeper={sweeper} found={found} />;
}

function Ready({
  plan,
  sweeper,
  found,
}: Omit<SweepControlsProps, 'going' | 'plan'> & { plan: PlannedSweep }) {
  const seconds = useExpected(plan, sweeper);
  const here = useSession((state) => state.dataset !== null);
  const none = useSession(({ engine }) => (engine.chosen === null ? engine.why : ''));
  const runs = plan.jobs.length;
  const there = found > 0 ? text.there(found, runs) : null;
  const time = seconds === null ? null : roughly(seconds);
  const ahead =
    there === null
      ? time === null
        ? text.unknownTime(text.runs(runs))
        : text.about(text.runs(runs), time)
      : found < runs && time !== null
        ? text.aboutLeft(there, time)
        : there;
  const why = !here ? text.noData : none ? text.noEngine(none) : null;
  return (
    <div className={styles.controls} data-controls="">
      <p className={styles.far} role="status">
        {ahead} {why}
      </p>
      {found < runs && (
        <button
          type="button"
          className="button primary"
          disabled={why !== null}
          onClick={() => sweeper.start(plan)}
        >
          {found > 0 ? text.goOn : text.start}
        </button>
      )}
    </div>
  );
}

interface GoingProps extends Pick<SweepControlsProps, 'sweeper'> {
  readonly going: GoingSweep;
  /** Whether it is the one that is looked at. */
  readonly own: boolean;
}

function Going({ going: { run, runs, share, job, left, phase, fragment }, own, sweeper }: GoingProps) {
  const { open } = useActions();
  const done = (run + share) / runs;
  return (
    <div className={styles.controls} data-controls="">
      <div className={styles.far}>
        <p>
          {!own && <>{text.otherGoing} </>}
          <b>{text.run(Math.min(run + 1, runs), runs)}</b>
          {phase === 'paused' && `, ${text.paused}`}
          {phase === 'waiting' && `, ${text.waits}`}
          {phase === 'running' && left !== null && `, ${text.left(roughly(left))}`}
          <span className={styles.job}> {nameOf(job)}</span>
        </p>
        <span
          className={styles.progress}
          role="progressbar"
          aria-label={text.progress}
          aria-valuenow={Math.round(100 * done)}
        >
          <i style={{ inlineSize: `${100 * done}%` }} />
        </span>
      </div>
      {phase === 'paused' ? (
        <button type="button" className="button primary" onClick={sweeper.goOn}>
          {text.goOn}
        </button>
      ) : (
        <button type="button" className="button" onClick={sweeper.pause}>
          {text.pause}
        </button>
      )}
      <button type="button" className="button" onClick={sweeper.stop}>
        {text.stop}
      </button>
      {!own && (
        <button type="button" className="button" onClick={() => open(fragment)}>
          {text.show}
        </button>
      )}
    </div>
  );
}
