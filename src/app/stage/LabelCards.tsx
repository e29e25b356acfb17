import { ofLabels } from '../../experiment/strategies.ts';
import { CODES } from '../../labels/codes.ts';
import { percent, significant } from '../format.ts';
import { useSession } from '../store/context.tsx';
import { networkText as text } from '../text/network.ts';
import { LabelHeatMap } from './LabelHeatMap.tsx';
import styles from './network.module.css';

/** Per cut: its label vectors, and how well the left part finds them. */
export function LabelCards() {
  const labels = useSession((state) => state.labels);
  const plan = useSession((state) => state.plan);
  const swap = useSession((state) => state.experiment.swap);
  const newest = useSession((state) => ofLabels(state.strategies)?.points.at(-1));
  if (!plan || labels.length === 0) return null;
  return (
    <>
      {labels.map(({ width, values }, index) => {
        const cut = plan.cuts[index];
        const nearest = newest?.nearestLabel[index];
        const copied = index === 0 && plan.copySteps > 0;
        return (
          <article key={index} className={styles.card}>
            <h3>{text.labelHeading(index)}</h3>
            {values ? (
              <>
                <LabelHeatMap
                  values={values}
                  width={width}
                  name={text.heatName(index, plan.classes, width)}
                />
                <p className={styles.faint}>{text.rows}</p>
                <p className={styles.caption}>
                  {text.labelCaption(CODES[cut.code].label, significant(cut.scale), plan.classes, width)}
                </p>
              </>
            ) : (
              cut.targets === 'features' && (
                <p className={styles.caption}>{text.featuresCaption(width, cut.after)}</p>
              )
            )}
            {cut.targets === 'carried' && (
              <p className={styles.caption}>
                {text.carriedCaption(cut.width - cut.coded, cut.width)}
                {!copied && ` ${text.carriedBehind(cut.coded > 0 && swap > 0 ? percent(swap) : null)}`}
              </p>
            )}
            {copied && <p className={styles.caption}>{text.copyCaption(plan.copySteps)}</p>}
            {values && (
              <dl title={text.nearestNote}>
                <div className={styles.strong}>
                  <dt>{text.nearest}</dt>
                  <dd>{percent(nearest ?? NaN)}</dd>
                </div>
                <div className={styles.strong}>
                  <dt>{text.joined}</dt>
                  <dd>{percent(newest?.testAccuracy ?? NaN)}</dd>
                </div>
              </dl>
            )}
          </article>
        );
      })}
    </>
  );
}
