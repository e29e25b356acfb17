/** Whether some classes have far fewer training images than others, which SIL minds more than other strategies. */
import { evens } from '../../experiment/balances.ts';
import { classCounts } from '../../experiment/balances/balance.ts';
import type { SessionState } from '../../session/state.ts';

export interface Uneven {
  /** Training images of the rarest class that has any, and of the commonest. */
  readonly fewest: number;
  readonly most: number;
}

/** From so many times as many on. MNIST's commonest class has 1.2 times as many images as its rarest, and SIL ties there. */
const FAR = 2;

const known = new WeakMap<Uint8Array, Uneven | null>();

/** Null where classes are about even. */
export function unevenness(labels: Uint8Array, classes: number): Uneven | null {
  let found = known.get(labels);
  if (found === undefined) {
    const counts = classCounts(labels, classes).filter((count) => count > 0);
    const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
    found = counts.length > 0 && most >= FAR * fewest ? { fewest, most } : null;
    known.set(labels, found);
  }
  return found;
}

/** Of the run that is shown, where nothing balances its classes. */
export const unevenRun = ({
  dataset,
  experiment,
  recording,
}: Pick<SessionState, 'dataset' | 'experiment' | 'recording'>): Uneven | null =>
  dataset && !recording && !evens(experiment.balance)
    ? unevenness(dataset.train.labels, dataset.classes)
    : null;
