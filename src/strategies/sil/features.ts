import type { FixedLayers } from '../../engines/contract.ts';
import { featureLayer, featureParameters } from '../../labels/features/features.ts';
import { activationOf, outputSize } from '../../network/layers/layers.ts';
import type { NetworkSpec } from '../../network/spec.ts';
import type { RunContext } from '../contract.ts';
import { inSlices } from '../slices.ts';

/**
 * The layer whose answers the first partition learns to give, where it learns features; else null.
 *
 * @param units How many features; as many as the cut has units, if absent.
 */
export async function featuresOf(
  { plan, experiment: { seed }, data }: Pick<RunContext, 'plan' | 'experiment' | 'data'>,
  units?: number,
): Promise<FixedLayers | null> {
  const cut = plan.cuts.find(({ targets }) => targets === 'features');
  if (!cut) return null;
  const spec = { pixels: data.pixels, width: units ?? cut.width, seed, cutIndex: cut.index };
  const { scale, shift, train } = data;
  const parameters = await inSlices(featureParameters(spec, { ...train, scale, shift }));
  return { layers: [featureLayer(spec)], parameters };
}

/**
 * Lays features over the parameters of a network's first layer, as many as it has units, where its plan has features and
 * this layer can answer with them: initial parameters of who begins with what the first partition of SIL is to learn.
 *
 * @param parameters Of the whole network, flat; changed.
 */
export async function layFeatures(
  context: Pick<RunContext, 'plan' | 'experiment' | 'data'>,
  [first]: NetworkSpec,
  parameters: Float32Array,
): Promise<void> {
  const features = await featuresOf(context, outputSize([first]));
  if (features && activationOf(first) === activationOf(features.layers[0]))
    parameters.set(features.parameters);
}
