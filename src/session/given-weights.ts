import { WeightsError, type ReadWeights } from '../export/safetensors.ts';
import { exportText } from '../export/words.ts';
import type { Plan } from '../experiment/plan.ts';
import type { LayerShape } from '../network/spec.ts';
import type { GivenWeights } from '../strategies/contract.ts';

/** Metadata key: index of the first layer that a file of a partition holds. */
export const FIRST_LAYER = 'firstLayer';

const shapeText = (layers: readonly LayerShape[]): string =>
  [layers[0].inputs, ...layers.map(({ outputs }) => outputs)].join(' → ');

const same = (a: readonly LayerShape[], b: readonly LayerShape[]): boolean =>
  a.length === b.length &&
  a.every(({ inputs, outputs }, i) => inputs === b[i].inputs && outputs === b[i].outputs);

/** The places that given weights can have: the whole network, and each partition. */
const placesOf = ({ network, partitions }: Plan) => [{ firstLayer: 0, layers: network }, ...partitions];

/**
 * Where the weights of a file belong: the whole network, or one partition of it.
 * @throws WeightsError with a sentence where the shapes are those of neither.
 */
export function placeWeights({ shapes, parameters, metadata }: ReadWeights, plan: Plan): GivenWeights {
  const fitting = placesOf(plan).filter(({ layers }) => same(layers, shapes));
  const said = Number(metadata[FIRST_LAYER]);
  const whole = fitting.find(({ layers }) => layers === plan.network);
  const place = whole ?? fitting.find(({ firstLayer }) => firstLayer === said) ?? fitting[0];
  if (place) return { firstLayer: place.firstLayer, shapes, parameters };
  const partitions = plan.partitions.map(({ layers }) => shapeText(layers)).join('; ');
  throw new WeightsError(
    exportText.otherNetwork(
      shapeText(shapes),
      shapeText(plan.network),
      plan.partitions.length > 1 ? partitions : null,
    ),
  );
}

/** Whether given weights still have a place: the very layers they were read for, and not only as many numbers. */
export const fitsPlan = ({ firstLayer, shapes }: GivenWeights, plan: Plan): boolean =>
  placesOf(plan).some((place) => place.firstLayer === firstLayer && same(place.layers, shapes));
