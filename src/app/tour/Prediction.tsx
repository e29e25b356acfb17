import { gapOf, pairOf } from '../ledger/standing.ts';
import type { StrategyId } from '../../experiment/strategies.ts';
import { useStrategies } from '../store/strategies.ts';
import { tourText as text } from '../text/tour.ts';
import { GUESSES } from './guesses.ts';
import { useTour } from './progress.ts';
import styles from './tour.module.css';

/** Asks what someone expects before a result is shown; the tour goes on without an answer, too. */
export function Question() {
  const guess = useTour((state) => state.guess);
  return (
    <fieldset className={styles.guesses} aria-labelledby="tour-body">
      {GUESSES.map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="guess"
            checked={guess === one}
            onChange={() => useTour.setState({ guess: one })}
          />
          {text.guesses[one]}
        </label>
      ))}
    </fieldset>
  );
}

/** What was expected, beside what is measured. */
export function Outcome() {
  const guess = useTour((state) => state.guess);
  const strategies = useStrategies();
  const pair = pairOf(Object.keys(strategies) as StrategyId[]);
  const [mine, other] = pair ? [strategies[pair.who], strategies[pair.against]] : [];
  const gap = mine && other ? gapOf(mine, other) : null;
  const apart = gap ? Math.abs(gap.points).toFixed(1) : '';
  const measured =
    gap &&
    (gap.points === 0 ? text.gap.level : gap.points < 0 ? text.gap.below(apart) : text.gap.above(apart));
  return (
    <p className={styles.outcome}>
      {measured ? text.outcome(guess && text.guesses[guess], measured) : text.notYet}
    </p>
  );
}
