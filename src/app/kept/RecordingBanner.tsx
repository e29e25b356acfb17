import { moment } from '../format.ts';
import { useActions, useSession } from '../store/context.tsx';
import { runsText as text } from '../text/runs.ts';
import styles from '../views/runs/runs.module.css';

/** Says that what is shown was recorded, on what and when; one click trains it here. */
export function RecordingBanner() {
  const recording = useSession((state) => state.recording);
  const { play } = useActions();
  if (!recording) return null;
  const { machine, date, data, weights, learningRateChanges = [] } = recording;
  return (
    <p className={styles.banner} role="status">
      <span title={[machine, data, weights].filter(Boolean).join('\n')}>
        {text.recording(machine, moment(date), data)}
        {weights !== undefined && ` ${text.withWeights(weights)}`}
        {learningRateChanges.length > 0 && ` ${text.withLearningRates(learningRateChanges)}`}
      </span>
      <button type="button" className="button primary" onClick={play}>
        {text.continue}
      </button>
    </p>
  );
}
