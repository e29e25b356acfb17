import type { RankContext } from '../../devices/program.ts';
import { now } from '../../devices/spans.ts';

const PROGRESS_MS = 150;

/**
 * Tells the page how far a rank is, not more often than a person can see. Every rank does: the page shows the slowest.
 * @returns Takes the steps done and the mean loss of the newest; NaN where the rank sees none.
 */
export function progressReporter(
  context: Pick<RankContext, 'progress'>,
): (steps: number, loss: number) => void {
  let reported = now();
  return (steps, loss) => {
    if (now() - reported < PROGRESS_MS) return;
    context.progress(steps, loss);
    reported = now();
  };
}
