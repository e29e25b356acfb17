/** The page's side of an evaluation along a chain of devices (`evaluate.ts`). */
import type { Split } from '../../engines/contract.ts';
import { classShares } from '../by-class.ts';
import type { ChainScore } from './evaluate.ts';
import type { EvaluationReport } from '../contract.ts';
import type { RunDevice } from '../open-devices.ts';
import { together } from '../together.ts';

/** @param labels Classes of all images of the split. */
export function evaluateOnChain(
  devices: readonly RunDevice[],
  stage: string,
  split: Split,
  order: Uint32Array,
  labels: Uint8Array,
): Promise<ChainScore[]> {
  const targets = Uint8Array.from(order, (image) => labels[image]);
  const ranks = devices.map(({ rank }) => rank);
  const none = { order: new Uint32Array(0), targets: new Uint8Array(0) };
  return together(devices, (device, job) =>
    device.run(
      'evaluateChain',
      {
        stage,
        ranks,
        split,
        count: order.length,
        ...(device === devices[0] ? { order, targets } : none),
      },
      job,
    ),
  );
}

/** What the last device of the chain found. */
export function chainReport(
  scores: readonly ChainScore[],
): Pick<EvaluationReport, 'accuracy' | 'classAccuracy' | 'loss' | 'count'> {
  const { score } = scores[scores.length - 1];
  const { correct, loss, count, byClass } = score;
  return { accuracy: correct / count, classAccuracy: classShares([byClass]), loss: loss / count, count };
}
