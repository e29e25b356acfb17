import { useEffect, useMemo, useRef, useState } from 'react';
import { STRATEGIES } from '../../../experiment/strategies.ts';
import { csv } from '../../../export/csv.ts';
import { SHARES } from '../../../session/milestones.ts';
import { middle } from '../../../messages/middle.ts';
import { replay } from '../../../session/recording/recording.ts';
import type { StrategyState } from '../../../session/state.ts';
import { Menu } from '../../controls/Menu.tsx';
import { download } from '../../download.ts';
import { bytes, duration, moment, percent, significant } from '../../format.ts';
import { useView } from '../../shell/useView.ts';
import { useActions, useSession } from '../../store/context.tsx';
import { useMeasuredStrategies } from '../../store/strategies.ts';
import { runsText as text } from '../../text/runs.ts';
import { alter, bringBack, loadKept, MOST, remove, useKept, type KeptRun } from '../../kept/kept.ts';
import { loadWeightsIndex } from '../../kept/kept-weights.ts';
import { OpenRun } from './OpenRun.tsx';
import styles from './runs.module.css';
import { SweepPanel } from './sweep/SweepPanel.tsx';
import { TradeOffs } from './TradeOffs.tsx';
import { WeightsItems } from './WeightsItems.tsx';
import { summaries, type Summary } from '../../kept/summary.ts';
import { useRunFiles } from '../../kept/useRunFiles.ts';

/** Runs of this and earlier visits, side by side. */
export function RunsPanel() {
  const { runs, deleted, stored, weightsRefused } = useKept();
  const { embedded } = useView();
  const place = useRef<HTMLElement>(null);
  const strategies = useMeasuredStrategies(place);
  const { open, save, saveAll, said, problems } = useRunFiles();
  useEffect(() => {
    void loadKept()
      .then(() => loadWeightsIndex())
      // Said below, where runs are listed.
      .catch(() => {});
  }, []);
  // While it is going on; at its end it is among the kept ones.
  const going = useSession(({ status, recording }) => status !== 'finished' && recording === null);
  const [sought, setSought] = useState('');
  const wanted = runs.length > 1 ? sought.trim().toLowerCase() : '';
  const found = useMemo(() => runs.filter(({ name }) => name.toLowerCase().includes(wanted)), [runs, wanted]);
  const now = useMemo(() => (going ? summaries(Object.values(strategies)) : []), [going, strategies]);
  const data = useSession(({ run }) => run?.data.name ?? '');
  const outcomes = useMemo(
    () => [
      ...(now.length > 0 ? [{ run: text.now, data, summaries: now }] : []),
      ...found.map(({ name, recording }) => ({
        ...{ run: name, data: recording.data },
        summaries: summaries(Object.values(replay(recording))),
      })),
    ],
    [now, data, found],
  );
  return (
    <section ref={place} className={styles.panel} aria-labelledby="runs-heading">
      <header className={styles.head}>
        <h2 id="runs-heading">{text.heading}</h2>
        <div className={styles.tools}>
          {runs.length > 1 && (
            <input
              type="search"
              className={styles.filter}
              aria-label={text.filter}
              placeholder={text.filter}
              value={sought}
              onChange={({ target }) => setSought(target.value)}
            />
          )}
          {runs.length > 0 && (
            <Menu label={text.saveAll} name={text.saveAllName}>
              <button type="button" onClick={() => download('piecewise-runs.csv', csvOf(runs), 'text/csv')}>
                {text.csv}
              </button>
              <button type="button" onClick={() => void saveAll(runs)}>
                {text.json}
              </button>
            </Menu>
          )}
          {/* What comes and goes does so before it. */}
          <OpenRun onFiles={(files) => void open(files)} />
        </div>
      </header>
      <p className={`${styles.note} ${styles.intro}`}>
        {stored === null && text.opening}
        {stored && text.intro(MOST)}
        {/* Always there, so that what comes into it is heard. */}
        <span role="status">{stored === false && text.private}</span>
      </p>
      {weightsRefused && stored !== false && (
        <p role="alert" className={styles.problem}>
          {text.weightsRefused(weightsRefused)}
        </p>
      )}
      <div role="status">{said && <p className={styles.deleted}>{said}</p>}</div>
      {problems.map((problem) => (
        <p key={problem} role="alert" className={styles.problem}>
          {problem}
        </p>
      ))}
      {deleted && (
        <p className={styles.deleted} role="status">
          {text.removed(deleted.run.name)}{' '}
          <button type="button" className="button" onClick={bringBack}>
            {text.undo}
          </button>
        </p>
      )}
      {runs.length > 0 && found.length === 0 && (
        <p className={styles.note} role="status">
          {text.noneNamed(sought.trim())}
        </p>
      )}
      {!embedded && <SweepPanel />}
      <TradeOffs runs={outcomes} coming={going && Object.keys(strategies).length > 1} />
      {runs.length === 0 && now.length === 0 ? (
        <p className={styles.empty}>{text.empty}</p>
      ) : (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={text.table}>
          <table>
            <thead>
              <tr>
                <th scope="col">{text.head.run}</th>
                <th scope="col">{text.head.strategy}</th>
                <th scope="col">{text.head.final}</th>
                {SHARES.map((share) => (
                  <th key={share} scope="col">
                    {text.head.reach(`${Math.round(100 * share)}%`)}
                  </th>
                ))}
                <th scope="col">{text.head.seconds}</th>
                <th scope="col">{text.head.memory}</th>
                <th scope="col">{text.head.bytes}</th>
              </tr>
            </thead>
            {now.length > 0 && <Rows summaries={now} head={<strong>{text.now}</strong>} />}
            {found.map((run) => (
              <KeptRows key={run.id} run={run} save={save} />
            ))}
          </table>
        </div>
      )}
    </section>
  );
}

interface KeptRunProps {
  readonly run: KeptRun;
  readonly save: (run: KeptRun) => Promise<void>;
}

function KeptRows({ run, save }: KeptRunProps) {
  const kept = useMemo(() => summaries(Object.values(replay(run.recording))), [run.recording]);
  return <Rows summaries={kept} head={<RunHead run={run} save={save} />} />;
}

interface RowsProps {
  readonly summaries: readonly Summary[];
  readonly head: React.ReactNode;
}

/** A run's strategies, a row each. */
function Rows({ summaries: rows, head }: RowsProps) {
  return (
    <tbody>
      {rows.map(({ strategy, accuracy, reached, memory, bytes: sent }, index) => (
        <tr key={strategy.id}>
          {index === 0 && (
            <th scope="rowgroup" rowSpan={rows.length}>
              {head}
            </th>
          )}
          <th scope="row">{STRATEGIES[strategy.id].label}</th>
          <td>{percent(accuracy)}</td>
          {reached.map((point, at) => (
            <td key={SHARES[at]} className={styles.reached}>
              {point === undefined
                ? text.noRival
                : point === null
                  ? text.never
                  : text.reached(significant(point.epochs), duration(point.seconds))}
            </td>
          ))}
          <td>{duration(strategy.seconds)}</td>
          <td>{bytes(memory)}</td>
          <td>{bytes(sent)}</td>
        </tr>
      ))}
    </tbody>
  );
}

/** A kept run's name and what can be done with it. */
function RunHead({ run, save }: KeptRunProps) {
  const { id, name, shown, pinned, recording } = run;
  const { open, show } = useActions();
  const [draft, setDraft] = useState<string | null>(null);
  const rename = () => {
    if (draft?.trim()) alter(id, { name: draft.trim() });
    setDraft(null);
  };
  return (
    <div className={styles.run}>
      <input
        className={styles.name}
        aria-label={text.rename(name)}
        title={name}
        value={draft ?? name}
        maxLength={80}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={rename}
        onKeyDown={({ key, currentTarget }) => {
          if (key === 'Enter') currentTarget.blur();
          if (key === 'Escape') setDraft(null);
        }}
      />
      <span className={styles.about} title={recording.machine}>
        {text.on(middle(recording.machine), moment(recording.date))}
      </span>
      <span className={styles.switches}>
        <label>
          <input
            type="checkbox"
            aria-label={text.drawName(name)}
            checked={shown}
            onChange={({ target }) => alter(id, { shown: target.checked })}
          />
          {text.draw}
        </label>
        <label>
          <input
            type="checkbox"
            aria-label={text.pinName(name)}
            checked={pinned}
            onChange={({ target }) => alter(id, { pinned: target.checked })}
          />
          {text.pin}
        </label>
        <Menu label={text.more} name={text.moreName(name)}>
          <button type="button" onClick={() => open(recording.fragment)}>
            {text.restore}
          </button>
          <button type="button" onClick={() => show(recording)}>
            {text.view}
          </button>
          <button type="button" onClick={() => void save(run)}>
            {text.save}
          </button>
          <WeightsItems run={run} />
          <button type="button" onClick={() => remove(id)}>
            {text.remove}
          </button>
        </Menu>
      </span>
    </div>
  );
}

/** Every point of every kept curve. */
function csvOf(runs: readonly KeptRun[]): string {
  const head = ['run', 'date', 'machine', 'link', 'strategy', 'epochs', 'seconds', 'FLOPs', 'bytes'];
  const rows = runs.flatMap(({ name, recording }) =>
    Object.values(replay(recording) as Record<string, StrategyState>).flatMap((strategy) =>
      strategy.points.map((point) => [
        name,
        recording.date,
        recording.machine,
        `#${recording.fragment}`,
        strategy.id,
        point.epochs,
        point.seconds,
        point.flops,
        point.bytes,
        point.testAccuracy,
        point.testLoss,
        point.trainLoss ?? '',
      ]),
    ),
  );
  return csv([[...head, 'test accuracy', 'test loss', 'training loss'], ...rows]);
}
