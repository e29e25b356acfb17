/** How a strategy's network lies on its devices: what its row and the drawing of it look like. */
import type { Spread } from '../../experiment/strategies/facts.ts';
import { STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import type { StrategyState } from '../../session/state.ts';

/**
 * - `whole`: one device has every layer and works on it
 * - `joined`: pieces that trained alone are one network now, which one device trains on
 * - else as its facts say
 */
export type Shape = 'whole' | 'joined' | Spread;

/** @param devices How many it has, of each strategy, by plan. */
export function shapeOf(id: StrategyId, devices: number, phase: StrategyState['phase'] = 'training'): Shape {
  const { spread } = STRATEGIES[id];
  if (devices <= 1) return 'whole';
  if (phase === 'training') return spread;
  switch (spread) {
    case 'apart':
      return 'joined';
    // Trained end to end, where they lie.
    case 'forward':
    case 'handed':
      return 'stages';
    case 'copies':
    case 'shares':
    case 'stages':
    case 'blocks':
      return spread;
  }
}

/** Whether each device has a run of layers to itself: then the cuts are there. */
export const inPieces = (shape: Shape): shape is Pieces =>
  shape === 'apart' || shape === 'stages' || shape === 'forward' || shape === 'handed' || shape === 'blocks';
type Pieces = 'apart' | 'stages' | 'forward' | 'handed' | 'blocks';

/** Whether its devices do without each other, so that a new one can take the place of one that is lost. */
export const areApart = (shape: Shape): boolean => shape === 'apart' || shape === 'blocks';

/**
 * How messages go over the cuts: there and back, or only forward, at every batch; forward, once; null where none do.
 */
export function waysAtCuts(shape: Shape): 'both' | 'forward' | 'once' | null {
  switch (shape) {
    case 'stages':
      return 'both';
    case 'forward':
      return 'forward';
    case 'handed':
      return 'once';
    case 'apart':
    case 'blocks':
    case 'copies':
    case 'shares':
    case 'whole':
    case 'joined':
      return null;
  }
}
