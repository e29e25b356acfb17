import { BASELINE, STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import { LineSample } from '../controls/LineSample.tsx';
import { bytes, percent, whole } from '../format.ts';
import { useActions, useSession } from '../store/context.tsx';
import { useStrategies } from '../store/modes.ts';
import { shellText as text } from '../text/shell.ts';
import { comparison } from './comparison.ts';
import styles from './shell.module.css';

/** What came of it: a line per finished or stopped strategy. */
export function Results() {
  const strategies = useStrategies();
  const { restart } = useActions();
  const all = Object.values(strategies);
  const failed = all.filter(({ error }) => error);
  const finished = all.filter(({ final, error }) => final && !error);
  const lost = all.flatMap(({ id, error, status, phase, devices }) =>
    error
      ? []
      : devices.flatMap((device) =>
          device.lost
            ? [
                {
                  id,
                  rank: device.rank,
                  why: device.lost,
                  busy: status === 'preparing',
                  joined: phase === 'recovery',
                },
              ]
            : [],
        ),
  );
  return (
    <>
      {(lost.length > 0 || failed.length > 0) && (
        <div className={styles.results}>
          {lost.map(({ id, rank, why, busy, joined }) => (
            <p key={`${id} ${rank}`} role="alert" className={styles.bad}>
              {joined
                ? text.deviceNotNeeded(STRATEGIES[id].label, why)
                : text.deviceLost(STRATEGIES[id].label, why)}{' '}
              {!joined && (
                <button type="button" className="button" disabled={busy} onClick={() => restart(id, rank)}>
                  {busy ? text.catchingUp : text.restart(rank)}
                </button>
              )}
            </p>
          ))}
          {failed.map(({ id, error }) => (
            <p key={id} role="alert" className={styles.bad}>
              {text.strategyFailed(STRATEGIES[id].label, error!)}
            </p>
          ))}
        </div>
      )}
      {/* Always there, so that a screen reader hears what comes into it. */}
      <div role="status" aria-atomic="false" className={styles.results}>
        {finished.length > 0 && (
          <div className={styles.good}>
            {finished.map(({ id, final }) => (
              <p key={id}>
                <LineSample id={id} />
                <span>{text.final(STRATEGIES[id].label, percent(final!.accuracy), whole(final!.count))}</span>
                <Beside id={id} />
              </p>
            ))}
          </div>
        )}
      </div>
    </>
  );
}

/** The same beside conventional training, where that has finished too. */
function Beside({ id }: { readonly id: StrategyId }) {
  const strategy = useSession(({ strategies }) => strategies[id]);
  const baseline = useSession(({ strategies }) => strategies[BASELINE]);
  const found = id !== BASELINE && strategy && baseline ? comparison(strategy, baseline) : null;
  if (!found) return null;
  const { points, memory, sent } = found;
  const apart = Math.abs(points).toFixed(1);
  return (
    <small>
      {text.beside(
        STRATEGIES[BASELINE].label,
        apart === '0.0' ? null : { points: apart, above: points > 0 },
        percent(memory),
        sent > 0 ? bytes(sent) : null,
      )}
    </small>
  );
}
