/** What each strategy came to and what that took, of the run at hand and of kept ones: the dots of two pictures. */
import type { StrategyId } from '../../../experiment/strategies.ts';
import type { Summary } from '../../kept/summary.ts';

/** A run's strategies in numbers, and the data they learned. */
export interface Outcome {
  readonly run: string;
  readonly data: string;
  readonly summaries: readonly Summary[];
}

export interface TradeOff {
  readonly id: StrategyId;
  readonly run: string;
  /** Of the first run: the others stand behind it. */
  readonly first: boolean;
  /** 0 … 1. */
  readonly accuracy: number;
  /** Sent to train, all devices. */
  readonly bytes: number;
  /** Bytes that the fullest device held, without the images. */
  readonly memory: number;
}

/**
 * @param runs The one at hand, then kept ones, newest first. Accuracies on other data than the first one's are no
 *   measure for it: those runs are left out, and counted.
 */
export function tradeOffs(runs: readonly Outcome[]): {
  readonly dots: readonly TradeOff[];
  readonly leftOut: number;
} {
  const trained = runs.filter(({ summaries }) => summaries.some(hasTrained));
  const [first] = trained;
  const alike = trained.filter(({ data }) => data === first?.data);
  const dots = alike.flatMap(({ run, summaries }) =>
    summaries.filter(hasTrained).map(({ strategy, accuracy, bytes, memory }) => ({
      ...{ id: strategy.id, run, first: run === first.run },
      ...{ accuracy, bytes, memory },
    })),
  );
  return { dots, leftOut: trained.length - alike.length };
}

/** One that failed came to nothing, and one that has yet to begin cost nothing. */
const hasTrained = ({ strategy: { error, points }, accuracy }: Summary): boolean =>
  error === null && (points.at(-1)?.step ?? 0) > 0 && Number.isFinite(accuracy);
