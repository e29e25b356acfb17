import type { CSSProperties } from 'react';
import { afterBlocks, ofBlocks, workOfLater } from '../../../session/blocks/after-blocks.ts';
import { percent } from '../../format.ts';
import { useStrategies } from '../../store/strategies.ts';
import { insideText } from '../../text/inside.ts';
import styles from './inside.module.css';

const text = insideText.blocks;

/** How well denoising blocks answer one after the other, the first one alone among them. */
export function BlocksPanel() {
  const strategies = useStrategies();
  const id = ofBlocks(strategies);
  const strategy = id && strategies[id];
  if (!strategy) return null;
  const accuracies = afterBlocks(strategy);
  const work = workOfLater(accuracies);
  return (
    <section
      className={styles.work}
      aria-labelledby="blocks-heading"
      style={{ '--own': `var(--strategy-${id})` } as CSSProperties}
    >
      <h2 id="blocks-heading">{text.heading}</h2>
      {accuracies.length > 0 && (
        <dl className={styles.strip}>
          {accuracies.map((accuracy, block) => (
            <div key={block} data-marked={block === accuracies.length - 1 ? '' : undefined}>
              <dt>{text.after(block, accuracies.length)}</dt>
              <dd>{percent(accuracy)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className={styles.note}>
        {accuracies.length === 0 ? text.waiting : work ? text.work[work] : text.one}
      </p>
    </section>
  );
}
