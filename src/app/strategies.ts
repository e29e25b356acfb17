/** What the page knows of strategies beyond their names: how their lines are drawn. */
import { STRATEGIES, type StrategyId } from '../experiment/strategies.ts';

const CUT_DASHES = ['8 3', '2 3', '10 3 2 3', '5 5', '12 4'];

/** `stroke-dasharray` of a line about a cut. */
export const dashOfCut = (cut: number): string => CUT_DASHES[cut % CUT_DASHES.length];

/** `stroke-dasharray` of a strategy's line. */
export const dashOf = (strategy: StrategyId): string => STRATEGIES[strategy].line.dash;
