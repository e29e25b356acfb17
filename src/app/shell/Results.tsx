import { STRATEGIES } from '../../experiment/strategies.ts';
import { percent, whole } from '../format.ts';
import { useSession } from '../session/context.tsx';
import { shellText as text } from '../text/shell.ts';
import styles from './shell.module.css';

/** What came of it: a line per finished or stopped way of training. */
export function Results() {
  const modes = useSession((state) => state.modes);
  const list = Object.values(modes).filter(({ final, error }) => final || error);
  if (list.length === 0) return null;
  return (
    <div className={styles.results}>
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
