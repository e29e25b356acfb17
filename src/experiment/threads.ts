import type { Experiment } from './experiment.ts';
import { STRATEGIES, type StrategyId } from './strategies.ts';

/**
 * Threads that each device of a strategy may use: as many as are asked for and there are cores for, or an equal share of
 * the cores for all devices that work at once.
 * @param cores That there are for all of them.
 * @param devices Of the strategy.
 */
export function threadsOf(
  { threads }: Pick<Experiment, 'threads'>,
  strategy: StrategyId,
  cores: number,
  devices: number,
): number {
  if (threads > 0) return Math.min(threads, cores);
  const working = STRATEGIES[strategy].atOnce === 'all' ? devices : 1;
  return Math.max(1, Math.floor(cores / working));
}
