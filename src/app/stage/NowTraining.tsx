import { STRATEGIES } from '../../experiment/strategies.ts';
import { LineSample } from '../controls/LineSample.tsx';
import { useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import styles from './network.module.css';
import { useWork } from './useWork.ts';

/** Which strategy is at work, while one is: the drawing glows for it. */
export function NowTraining() {
  const partitions = useSession(({ experiment }) => experiment.cuts.length + 1);
  const way = useWork(partitions)?.way;
  return (
    <p className={styles.now} data-screen="" aria-hidden="true">
      {way && (
        <>
          <LineSample id={way} /> {text.now(STRATEGIES[way].label)}
        </>
      )}
    </p>
  );
}
