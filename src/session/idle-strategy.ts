import type { StrategyId } from '../experiment/strategies.ts';
import type { StrategyState } from './state.ts';

/** A strategy before its first step. */
export function idleStrategy(id: StrategyId, warnings: readonly string[] = []): StrategyState {
  return {
    id,
    status: 'idle',
    phase: 'training',
    step: 0,
    epochs: 0,
    seconds: 0,
    rankProgress: [],
    points: [],
    memoryLevels: [],
    devices: [],
    error: null,
    warnings,
    final: null,
  };
}
