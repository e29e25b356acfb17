/** What a strategy's row says: measured once its devices are there, before that what closed forms foretell. */
import { bytesAtCuts } from '../../devices/crossing.ts';
import { exchangeBytesAtCuts, forwardBytes } from '../../experiment/cost/traffic.ts';
import type { StrategyId } from '../../experiment/strategies.ts';
import { shapeOf as sizesOf } from '../../session/derive.ts';
import type { SessionState } from '../../session/state.ts';
import { heldBytes } from '../ledger/images.ts';
import { inPieces, shapeOf, type Shape } from './shape.ts';

export interface Row {
  readonly id: StrategyId;
  /** Of its parts before they are joined: a row keeps its look. */
  readonly shape: Shape;
  /** Whether figures are measured; else they are foretold, `sent` for the whole run. */
  readonly measured: boolean;
  /** Most bytes each device held at once, by rank. */
  readonly holds: readonly number[];
  /** Bytes over each cut, both directions together, where devices have a run of layers each; else all there are. */
  readonly sent: readonly number[];
  /** 0 … 1: of all test images once finished, before that of those looked at. */
  readonly accuracy: number | null;
  /** Ranks of devices that are gone. */
  readonly lost: readonly number[];
  readonly failed: boolean;
}

type Told = Pick<SessionState, 'experiment' | 'dataset' | 'plan' | 'costEstimates' | 'strategies'>;

/**
 * Bytes that a whole run will send to train: over each cut, both directions together, where devices have a run of layers
 * each; else all there are. Null before the network is planned.
 */
export function foretold(state: Omit<Told, 'strategies'>, id: StrategyId): readonly number[] | null {
  const { plan, costEstimates, experiment, dataset } = state;
  const costEstimate = costEstimates[id];
  if (!plan || !costEstimate) return null;
  const { trainCount } = sizesOf(experiment, dataset);
  const seen = trainCount * (experiment.epochs + experiment.recovery);
  const widths = plan.cuts.map(({ width }) => width);
  const recovered = exchangeBytesAtCuts(widths, trainCount * experiment.recovery);
  switch (shapeOf(id, costEstimate.devices.length)) {
    case 'whole':
    case 'joined':
      return [];
    case 'apart':
    case 'blocks':
      return plan.cuts.map(() => 0);
    case 'stages':
      return exchangeBytesAtCuts(widths, seen);
    case 'forward':
      return widths.map(
        (width, cut) => forwardBytes([width], trainCount * experiment.epochs) + recovered[cut],
      );
    case 'handed':
      return widths.map((width, cut) => forwardBytes([width], trainCount) + recovered[cut]);
    case 'copies':
    case 'shares':
      return [costEstimate.bytesPerStep * (plan.totalSteps + plan.recoverySteps)];
  }
}

/** Null before the network is planned. @param images Whether what devices hold is counted with the images. */
export function rowOf(state: Told, id: StrategyId, images: boolean): Row | null {
  const { plan, costEstimates, strategies } = state;
  const costEstimate = costEstimates[id];
  const strategy = strategies[id];
  const toSend = foretold(state, id);
  if (!plan || !costEstimate || !strategy || !toSend) return null;
  const shape = shapeOf(id, costEstimate.devices.length);
  const pieces = inPieces(shape);
  const measured = strategy.devices.length > 0;
  const found = (): number[] => {
    if (shape === 'whole') return [];
    if (pieces)
      return bytesAtCuts(
        strategy.devices.map(({ sentTo }) => sentTo),
        plan.cuts.length,
        'training',
      );
    return [strategy.devices.reduce((sum, { sent }) => sum + sent.training.bytes, 0)];
  };
  const accuracy = strategy.final?.accuracy ?? strategy.points.at(-1)?.testAccuracy ?? NaN;
  return {
    id,
    shape,
    measured,
    holds: measured
      ? strategy.devices.map(({ memory }) => heldBytes(memory.peakByKind, images))
      : costEstimate.devices.map(({ memory }) => heldBytes(memory, images)),
    sent: measured ? found() : toSend,
    accuracy: Number.isFinite(accuracy) ? accuracy : null,
    lost: strategy.devices.filter(({ lost }) => lost !== null).map(({ rank }) => rank),
    failed: strategy.status === 'failed',
  };
}
