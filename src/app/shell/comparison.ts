import { MEMORY_KINDS } from '../../engines/ledger.ts';
import type { StrategyState } from '../../session/state.ts';

/** A finished strategy beside conventional training in the same run; all of it measured. */
export interface Comparison {
  /** Percentage points of test accuracy above conventional training. */
  readonly points: number;
  /** Most that its fullest device held, as a share of what conventional training's held; without the images. */
  readonly memory: number;
  /** Bytes its devices sent each other so that training could go on. */
  readonly sent: number;
}

type Measured = Pick<StrategyState, 'final'> & {
  readonly devices: readonly Pick<StrategyState['devices'][number], 'memory' | 'sent'>[];
};

/** Null where one of the two has not finished, or its devices are not known. */
export function comparison(strategy: Measured, conventional: Measured): Comparison | null {
  const most = fullest(conventional);
  if (!strategy.final || !conventional.final || strategy.devices.length === 0 || most === 0) return null;
  return {
    points: shown(strategy.final.accuracy) - shown(conventional.final.accuracy),
    memory: fullest(strategy) / most,
    sent: strategy.devices.reduce((sum, { sent }) => sum + sent.training.bytes, 0),
  };
}

/** In percent as it stands on the screen, with one decimal: whoever subtracts finds the same points. */
const shown = (accuracy: number): number => Number((100 * accuracy).toFixed(1));

const fullest = ({ devices }: Measured): number =>
  Math.max(
    0,
    ...devices.map(({ memory }) =>
      MEMORY_KINDS.reduce((sum, kind) => (kind === 'data' ? sum : sum + memory.peakByKind[kind]), 0),
    ),
  );
