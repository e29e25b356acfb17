import { STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import { percent } from '../format.ts';
import { useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import { likeliest, useAnswers } from './answers.ts';
import styles from './board.module.css';

/** What the drawn network answers to the character at hand. */
export function Answer({ id }: { readonly id: StrategyId }) {
  const plan = useSession((state) => state.plan);
  const characters = useSession((state) => state.dataset?.characters);
  const recorded = useSession((state) => state.recording !== null);
  const answers = useAnswers();
  if (recorded) {
    return (
      <div className={styles.answer}>
        <p>{text.pad.afterTraining}</p>
      </div>
    );
  }
  const prediction = answers.plan === plan ? answers.predictions[id] : undefined;
  if (!prediction || !characters) return <div className={styles.answer} />;
  const { label, probability } = likeliest(prediction);
  const truth = answers.shown?.truth ?? null;
  const { short } = STRATEGIES[id];
  const untrained = answers.untrained.includes(id);
  return (
    // One for each network: another's answer takes its place.
    <div key={id} className={styles.answer} data-screen="">
      <p aria-hidden="true" dir="auto">
        {untrained ? text.forwardPass.saysUntrained(short) : text.forwardPass.sees(short)}
      </p>
      <b aria-hidden="true">{characters[label]}</b>
      <p aria-hidden="true">
        {percent(probability)}{' '}
        {truth !== null && (
          <span className={label === truth ? styles.right : styles.wrong}>
            {label === truth ? text.forwardPass.right : text.forwardPass.wrong}
          </span>
        )}
      </p>
      <p className="visually-hidden">
        {text.forwardPass.says(
          truth === null ? null : characters[truth],
          untrained ? text.forwardPass.untrained : text.forwardPass.of(STRATEGIES[id].label),
          characters[label],
          percent(probability),
        )}
      </p>
    </div>
  );
}
