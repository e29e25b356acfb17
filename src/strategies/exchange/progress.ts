import type { RankContext } from '../../devices/program.ts';
import { now } from '../../devices/spans.ts';

const PROGRESS_MS = 150;

/** Tells the page how far a rank is, not more often than a person can see. */
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
