import { STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import { middle } from '../../messages/middle.ts';
import type { RecordingOrigin } from '../../session/state.ts';
import { pressable } from '../controls/hand-on.ts';
import { usePanes } from '../shell/panes.ts';
import { DataProgress } from '../settings/DataProgress.tsx';
import { FIELDS } from '../../experiment/table.ts';
import { moment, significant } from '../format.ts';
import { useActions, useSession } from '../store/context.tsx';
import { useStrategies } from '../store/strategies.ts';
import { runsText } from '../text/runs.ts';
import { screenText } from '../text/screen.ts';
import { shellText } from '../text/shell.ts';
import styles from './ledger.module.css';
import { LastRun, useLastRun } from './LastRun.tsx';
import { LabelWarnings } from './LabelWarnings.tsx';
import { TryNext } from './TryNext.tsx';
import { WhoWorked } from './WhoWorked.tsx';
import { rateOfRun } from './rate.ts';
import { gapOf, isChance, wordFor, type Pair } from './standing.ts';
import { useVerdict } from './useVerdict.ts';

const text = screenText.ledger;

/** How it stands: what is ready, how far it is, what came of it, or what went wrong. Its place is kept from the start. */
export function Standing({ pair }: { readonly pair: Pair | null }) {
  const strategies = useStrategies();
  const status = useSession((state) => state.status);
  const wrong = useSession(({ engine }) => (engine.chosen === null && engine.why ? engine.why : null));
  // The settings say it themselves while they show the data.
  const said = usePanes(({ settings }) => settings !== false && settings.section === 'data');
  const loading = useSession(({ data, recording, run }) =>
    data.status === 'loading' && recording === null && run === null && !said ? data : null,
  );
  const all = Object.values(strategies);
  const failed = all.filter(({ error }) => error);
  const lost = all
    .filter(({ error }) => !error)
    .flatMap((strategy) =>
      strategy.devices.filter((device) => device.lost).map((device) => ({ strategy, device })),
    )[0];
  // In a low window and on a phone it has the sentence's place, once there is something to say.
  const last = useLastRun();
  const quiet = !wrong && failed.length === 0 && !lost && !loading && !last && status === 'idle';
  return (
    <div className={styles.verdict} data-quiet={quiet ? '' : undefined}>
      {wrong ? (
        <Problem message={shellText.noEngine(wrong)} />
      ) : failed.length > 0 ? (
        <Failed strategies={failed} />
      ) : lost ? (
        <Lost {...lost} />
      ) : loading ? (
        <>
          <h2>{text.loading}</h2>
          <DataProgress progress={loading} />
        </>
      ) : (
        <SoFar pair={pair} />
      )}
      {last && !loading && failed.length === 0 && <LastRun run={last} />}
    </div>
  );
}

function Problem({ message }: { readonly message: string }) {
  return (
    <>
      <h2 className={styles.bad}>{text.problem}</h2>
      <p role="alert">{message}</p>
    </>
  );
}

/** Who stopped, and why the first of them did; from a rate that was too high there is a way on. */
function Failed({ strategies: [first, ...others] }: { readonly strategies: readonly LiveStrategy[] }) {
  const { change, reset, play } = useActions();
  const rate = useSession(rateOfRun);
  const slower = Math.max(FIELDS.learningRate.min, rate / 10);
  const names = [first, ...others].map(({ id }) => STRATEGIES[id].short);
  const again = () => {
    reset();
    change({ learningRate: slower });
    play();
  };
  const say = (who: string) => shellText.strategyFailed(who, first.error!);
  const whole = say(names.join(', '));
  return (
    <>
      <div className={styles.stopped}>
        <h2 className={styles.bad}>{text.problem}</h2>
        {first.diverged && slower < rate && (
          <button type="button" className="link" data-screen="" {...pressable(again)}>
            {text.slower(significant(slower))}
          </button>
        )}
      </div>
      {/* Many names are more than the place holds: on pointing. */}
      <p role="alert" className={styles.why} title={whole}>
        {names.length > 2 ? say(shellText.andOthers(names[0], names.length - 1)) : whole}
      </p>
    </>
  );
}

type Strategies = ReturnType<typeof useStrategies>;
type LiveStrategy = NonNullable<Strategies[StrategyId]>;

/** A device is gone; who goes on without it can have it back. */
function Lost({
  strategy,
  device,
}: {
  readonly strategy: LiveStrategy;
  readonly device: LiveStrategy['devices'][number];
}) {
  const { restart } = useActions();
  const { label } = STRATEGIES[strategy.id];
  const joined = strategy.phase === 'recovery';
  const busy = strategy.status === 'preparing';
  const say = joined ? shellText.deviceNotNeeded : shellText.deviceLost;
  const whole = say(label, device.lost ?? '');
  return (
    <>
      <h2 className={styles.bad}>{text.lost(device.rank)}</h2>
      {/* Why is more than the place holds: on pointing, and read out. */}
      <p role="alert" title={whole}>
        <span aria-hidden="true">{joined ? text.lostNotNeeded(label) : text.lostNote(label)}</span>
        <span className="visually-hidden">{whole}</span>
      </p>
      {!joined && (
        <button
          type="button"
          className="link"
          {...pressable(busy ? undefined : () => restart(strategy.id, device.rank))}
        >
          {busy ? shellText.catchingUp : shellText.restart(device.rank)}
        </button>
      )}
    </>
  );
}

function SoFar({ pair }: { readonly pair: Pair | null }) {
  const strategies = useStrategies();
  const status = useSession((state) => state.status);
  const recording = useSession((state) => state.recording);
  const hasData = useSession((state) => state.dataset !== null);
  const labels = Object.values(strategies).map(({ id }) => STRATEGIES[id].label);
  const [mine, other] = pair ? [strategies[pair.who], strategies[pair.against]] : [];
  const gap = mine && other ? gapOf(mine, other) : null;
  const ended = gap !== null && gap.epochs === null;
  const sentence = useVerdict(strategies);
  const begun = Object.values(strategies).some(({ points }) => points.length > 0);
  const classes = useSession(({ dataset }) => dataset?.classes ?? null);
  const chance = ended && classes !== null && isChance(gap, classes);
  const word = chance ? 'chance' : ended ? wordFor(gap.points) : null;
  const heading = recording
    ? text.recording
    : status === 'paused'
      ? text.paused
      : status === 'running'
        ? text.running
        : status === 'waiting' || status === 'preparing'
          ? begun
            ? text.running
            : text.waiting
          : hasData
            ? text.ready
            : text.noData;
  return (
    <>
      <div className={styles.heading}>
        {/* What is said after another heading is another heading's: nothing moves along. */}
        {word ? (
          <h2 key={word}>
            {recording ? text.recorded : text.verdict}{' '}
            <b className={word === 'level' || word === 'close' ? styles.good : styles[word]}>
              {text.words[word]}
            </b>
          </h2>
        ) : (
          <h2 key={heading}>{heading}</h2>
        )}
        {ended && !recording && <WhoWorked />}
      </div>
      {/* What follows another heading is another sentence. */}
      <p key={heading}>
        {!recording && !ended && !pair && text.alone(labels[0] ?? '')}
        {!recording &&
          !ended &&
          pair &&
          (gap
            ? text.at(gap.epochs!.toFixed(1))
            : status !== 'idle'
              ? text.soon
              : hasData
                ? text.readyNote(labels)
                : text.noDataNote)}
      </p>
      {/* Always there, so that a screen reader hears what comes into it. */}
      <p role="status">{sentence}</p>
      {/* On a phone it follows the sentence: after another one it is another. */}
      {recording && <Recorded key={sentence} origin={recording} />}
      {status === 'finished' && !recording && (ended || !pair) && (
        <TryNext points={gap?.points ?? null} chance={chance} />
      )}
      <LabelWarnings />
    </>
  );
}

/** That it was recorded, on what and when. */
function Recorded({ origin }: { readonly origin: RecordingOrigin }) {
  const { machine, date, data, weights, learningRateChanges = [] } = origin;
  const whole = [
    runsText.recording(machine, moment(date), data),
    ...(weights === undefined ? [] : [runsText.withWeights(weights)]),
    ...(learningRateChanges.length > 0 ? [runsText.withLearningRates(learningRateChanges)] : []),
  ].join(' ');
  return (
    <p className={styles.from} title={whole}>
      <span aria-hidden="true">{text.recordingNote(middle(machine.split(';')[0]))}</span>
      <span className="visually-hidden">{whole}</span>
    </p>
  );
}
