import { stageCost, type StageCost, type StageCostEstimate } from '../../experiment/cost/stage.ts';
import { headOf } from './head.ts';

/**
 * A stage that learns by a head of its own: both exchange, on one device. The head takes a copy of what the stage gives,
 * and gives its gradient back to it.
 *
 * @param head Classes that the head tells apart; null for the last stage, whose last layer does that.
 */
export function headedCost(
  stage: Omit<StageCost, 'training' | 'inputGradient'>,
  head: { readonly classes: number } | null,
): StageCostEstimate {
  const body = stageCost({ ...stage, training: 'exchange', inputGradient: false });
  if (!head) return body;
  const { batch, optimizer, layers } = stage;
  const beside = stageCost({
    layers: headOf(layers, head.classes),
    batch,
    optimizer,
    training: 'exchange',
    inputGradient: true,
  });
  const sum = (kind: keyof typeof body.memory) => body.memory[kind] + beside.memory[kind];
  return {
    parameters: body.parameters + beside.parameters,
    memory: {
      parameters: sum('parameters'),
      gradients: sum('gradients'),
      optimizer: sum('optimizer'),
      activations: sum('activations'),
      labels: sum('labels'),
      data: sum('data'),
      workspace: 0,
    },
    flopsPerStep: body.flopsPerStep + beside.flopsPerStep,
  };
}
