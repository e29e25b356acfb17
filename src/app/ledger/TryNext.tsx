import type { Experiment } from '../../experiment/experiment.ts';
import { FIELDS } from '../../experiment/table.ts';
import { whole } from '../format.ts';
import { useActions, useSession } from '../store/context.tsx';
import { screenText } from '../text/screen.ts';
import styles from './ledger.module.css';
import { nextAfter } from './next.ts';
import { rateOfRun } from './rate.ts';
import { unevenRun } from './uneven.ts';

const text = screenText.ledger;
const LONGEST = FIELDS.epochs.max;

interface TryNextProps {
  readonly points: number | null;
  /** Whether nothing was learned by either of two. */
  readonly chance: boolean;
}

/** What to try after a run: what follows from it, and twice as many epochs. A press makes the change and trains. */
export function TryNext({ points, chance }: TryNextProps) {
  const { change, play } = useActions();
  const experiment = useSession((state) => state.experiment);
  const uneven = useSession(unevenRun);
  const learningRate = useSession(rateOfRun);
  const next = nextAfter({ ...experiment, learningRate }, points, { uneven: uneven !== null, chance });
  // What the words of a link have no room for.
  const more =
    next?.id === 'uneven' && uneven ? text.uneven(whole(uneven.fewest), whole(uneven.most)) : undefined;
  const epochs = Math.min(2 * experiment.epochs, LONGEST);
  const press = (settings: Partial<Experiment>) => () => {
    change(settings);
    play();
  };
  return (
    <p className={styles.next} data-screen="">
      {next && (
        <button type="button" className="link" title={more} onClick={press(next.change)}>
          {text.next[next.id]}
        </button>
      )}
      {epochs > experiment.epochs && (
        <button type="button" className="link" onClick={press({ epochs })}>
          {text.longer(epochs)}
        </button>
      )}
    </p>
  );
}
