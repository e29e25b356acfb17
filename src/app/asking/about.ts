import type { NetworkToAnalyse } from '../../analysis/analysed.ts';
import type { Dataset } from '../../data/dataset.ts';
import { lossAt, trainedBy, type Plan } from '../../experiment/plan.ts';
import { madeOfBlocks, STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';
import type { SessionState } from '../../session/state.ts';

/**
 * What the analysis worker must know of a strategy's network, but for its parameters.
 *
 * @param run Number of the run it is of.
 */
export function aboutNetwork(
  id: StrategyId,
  run: number,
  plan: Plan,
  { scale, shift }: Pick<Dataset, 'scale' | 'shift'>,
  { strategies, labels, experiment }: Pick<SessionState, 'strategies' | 'labels' | 'experiment'>,
): Omit<NetworkToAnalyse, 'parameters'> {
  const { needsLabels } = STRATEGIES[id];
  return {
    run,
    layers: trainedBy(id, plan).network,
    classes: plan.classes,
    scale,
    shift,
    labels: needsLabels
      ? labels.map(({ cut, values }, index) => {
          const { width, coded } = plan.cuts[index];
          const answers = coded < width || (index === 0 && plan.copySteps > 0);
          return {
            after: cut,
            behind: answers ? ('answers' as const) : ('labels' as const),
            width,
            coded,
            values,
            loss: lossAt(experiment, width),
          };
        })
      : [],
    blocks: madeOfBlocks(id) ? plan.blocks.slice(1).map(({ firstLayer }) => firstLayer) : undefined,
    // From recovery on the partitions are one network, and learn from its classes alone.
    apart: needsLabels && strategies[id]?.phase !== 'recovery',
  };
}
