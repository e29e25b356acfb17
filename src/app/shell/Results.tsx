import { STRATEGIES } from '../../experiment/strategies.ts';
import { percent, whole } from '../format.ts';
import { useActions } from '../session/context.tsx';
import { useModes } from '../session/modes.ts';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

/** What came of it: a line per finished or stopped way of training. */
export function Results() {
  const modes = useModes();
  const { restart } = useActions();
  const all = Object.values(modes);
  const list = all.filter(({ final, error }) => final || error);
  const lost = all.flatMap(({ id, error, status, devices }) =>
    error
      ? []
      : devices.flatMap((device) =>
          device.lost ? [{ id, rank: device.rank, why: device.lost, busy: status === 'preparing' }] : [],
        ),
  );
  return (
    // Always there, so that a screen reader hears what comes into it.
    <div role="status" className={styles.results}>
      {lost.map(({ id, rank, why, busy }) => (
        <p key={`${id} ${rank}`} role="alert" className={styles.bad}>
          {text.deviceLost(STRATEGIES[id].label, why)}{' '}
          <button type="button" className="button" disabled={busy} onClick={() => restart(id, rank)}>
            {busy ? text.catchingUp : text.restart(rank)}
          </button>
        </p>
      ))}
      {list.map(({ id, final, error }) =>
        error ? (
          <p key={id} role="alert" className={styles.bad}>
            {text.modeFailed(STRATEGIES[id].label, error)}
          </p>
        ) : (
          <p key={id} className={styles.good}>
            {text.final(STRATEGIES[id].label, percent(final!.accuracy), whole(final!.count))}
          </p>
        ),
      )}
    </div>
  );
}
