import { trainedBy, type Plan } from '../../experiment/plan.ts';
import type { LayerSpec } from '../../network/layers/layers.ts';

/** The network's layers before the first cut, which stay as they began, and those that train. Without a cut all do. */
export function frozenParts(plan: Plan): {
  readonly front: readonly LayerSpec[];
  readonly rest: readonly LayerSpec[];
} {
  const { network } = trainedBy('frozen', plan);
  const { stages } = plan;
  const fixed = stages.length > 1 ? stages[0].layers.length : 0;
  return { front: network.slice(0, fixed), rest: network.slice(fixed) };
}
