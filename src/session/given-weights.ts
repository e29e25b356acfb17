import { WeightsError, type ReadWeights } from '../export/safetensors.ts';
import { exportText } from '../export/words.ts';
import type { Plan } from '../experiment/plan.ts';
import type { LayerSpec } from '../network/spec.ts';
import type { GivenWeights } from '../strategies/contract.ts';

/** Metadata key: index of the first layer that a file of a partition holds. */
export const FIRST_LAYER = 'firstLayer';

const shapeText = (layers: readonly { readonly inputs: number; readonly outputs: number }[]): string =>
  [layers[0].inputs, ...layers.map(({ outputs }) => outputs)].join(' → ');

/**
 * Where the weights of a file belong: the whole network, or one partition of it.
 * @throws WeightsError with a sentence where the shapes are those of neither.
 */
export function placeWeights({ shapes, parameters, metadata }: ReadWeights, plan: Plan): GivenWeights {
  const fits = (layers: readonly LayerSpec[]) =>
    layers.length === shapes.length &&
    layers.every(({ inputs, outputs }, i) => inputs === shapes[i].inputs && outputs === shapes[i].outputs);
  if (fits(plan.network)) return { firstLayer: 0, parameters };
  const parts = plan.partitions.filter(({ layers }) => fits(layers));
  const said = Number(metadata[FIRST_LAYER]);
  const part = parts.find(({ firstLayer }) => firstLayer === said) ?? parts[0];
  if (part) return { firstLayer: part.firstLayer, parameters };
  const partitions = plan.partitions.map(({ layers }) => shapeText(layers)).join('; ');
  throw new WeightsError(
    exportText.otherNetwork(
      shapeText(shapes),
      shapeText(plan.network),
      plan.partitions.length > 1 ? partitions : null,
    ),
  );
}
