import { useEffect, useMemo, useRef } from 'react';
import { csvOf } from '../../../../session/study/csv.ts';
import { jsonOf } from '../../../../session/study/json.ts';
import type { CellResult } from '../../../../session/study/results.ts';
import { resultsOf } from '../../../../session/study/sweep.ts';
import { mainPlace } from '../../../controls/hand-on.ts';
import { Menu } from '../../../controls/Menu.tsx';
import { useHandOn } from '../../../controls/useHandOn.ts';
import { download } from '../../../download.ts';
import { whole } from '../../../format.ts';
import { useActions, useSession } from '../../../store/context.tsx';
import { MOST } from '../../../sweep/kept.ts';
import { useSweepSaid } from '../../../sweep/status.ts';
import { useSweeper } from '../../../sweep/sweeper.ts';
import { sweepText as text } from '../../../text/sweep.ts';
import { askFor, useAsked, usePlanned } from './asked.ts';
import { SweepControls } from './SweepControls.tsx';
import { SweepForm } from './SweepForm.tsx';
import { SweepPicture } from './SweepPicture.tsx';
import { Terminal } from './Terminal.tsx';
import styles from './sweep.module.css';

/** Many runs of the experiment of now: asked for, going, and as a picture. */
export function SweepPanel() {
  const { setExtra } = useActions();
  const experiment = useSession((state) => state.experiment);
  const dataset = useSession((state) => state.dataset);
  const weights = useSession((state) => state.weights?.name ?? null);
  const asked = useAsked();
  const planned = usePlanned(asked);
  const plan = planned && 'plan' in planned ? planned.plan : null;
  const { state, look, datasetOf, ...sweeper } = useSweeper();
  const { found, going, ended, notice } = state;
  useEffect(() => {
    if (plan) void look(plan);
  }, [plan, dataset, look]);
  // What is seen here need not be said elsewhere.
  useEffect(() => useSweepSaid.setState({ ended: null }), [ended]);
  const results = useMemo(() => {
    const dataOf: typeof datasetOf = (one) => (dataset?.id === one.data ? dataset : datasetOf(one));
    return plan ? resultsOf(plan, found, dataOf) : [];
  }, [plan, found, dataset, datasetOf]);
  const ask = (wanted: string | undefined) => setExtra('sweep', wanted);
  const place = useRef<HTMLElement>(null);
  const focus = useHandOn(
    () => place.current?.querySelector<HTMLElement>('[data-controls] button:not(:disabled)'),
    () => place.current?.querySelector('select'),
    () => place.current?.querySelector('button'),
    mainPlace,
  );
  const there = results.reduce((sum, { runs }) => sum + runs.length, 0);
  return (
    <section ref={place} className={styles.sweep} aria-labelledby="sweep-heading" {...focus}>
      <header className={styles.head}>
        <h3 id="sweep-heading">{text.heading}</h3>
        {results.length > 0 && (
          <Menu label={text.save} name={text.saveName}>
            <button type="button" onClick={() => download('piecewise-sweep.csv', csvOf(results), 'text/csv')}>
              {text.csv}
            </button>
            <button type="button" onClick={() => saveJson(results)}>
              {text.json}
            </button>
          </Menu>
        )}
      </header>
      {asked === null ? (
        <div className={styles.begin}>
          <p>{text.intro}</p>
          <div>
            <button type="button" className="button" onClick={() => ask(askFor('cuts', experiment))}>
              {text.againstCut}
            </button>
            <button type="button" className="button" onClick={() => ask(askFor(null, experiment))}>
              {text.severalSeeds}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => ask(askFor('learningRate', experiment, 1))}
            >
              {text.other}
            </button>
          </div>
        </div>
      ) : (
        <SweepForm asked={asked} onAsk={ask} onClose={() => ask(undefined)} />
      )}
      {planned && 'refused' in planned && (
        <p role="alert" className={styles.problem}>
          {planned.refused}
        </p>
      )}
      <SweepControls plan={plan} going={going} sweeper={{ ...sweeper, datasetOf }} found={there} />
      {ended?.failed && (
        <p role="alert" className={styles.problem}>
          {text.failedNotice(ended.failed)}
        </p>
      )}
      {notice && <p className={styles.note}>{notice}</p>}
      {plan && weights && <p className={styles.note}>{text.ownWeights(weights)}</p>}
      {plan && results.length > 0 && <SweepPicture plan={plan} results={results} />}
      {plan && (
        <footer className={styles.foot}>
          <Terminal ask={plan.ask} />
          <p className={styles.note}>{text.kept(whole(MOST))}</p>
        </footer>
      )}
    </section>
  );
}

function saveJson(results: readonly CellResult[]): void {
  const machine = { browser: navigator.userAgent, cores: navigator.hardwareConcurrency };
  const json = `${JSON.stringify(jsonOf(results, machine), null, 2)}\n`;
  download('piecewise-sweep.json', json, 'application/json');
}
