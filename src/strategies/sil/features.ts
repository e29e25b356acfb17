import type { FixedLayers } from '../../engines/contract.ts';
import { featureLayer, featureParameters } from '../../labels/features/features.ts';
import type { RunContext } from '../contract.ts';
import { inSlices } from '../slices.ts';

/** The layer whose answers the first partition learns to give, where it learns features; else null. */
export async function featuresOf({
  plan,
  experiment: { seed },
  data,
}: Pick<RunContext, 'plan' | 'experiment' | 'data'>): Promise<FixedLayers | null> {
  const cut = plan.cuts.find(({ targets }) => targets === 'features');
  if (!cut) return null;
  const spec = { pixels: data.pixels, width: cut.width, seed, cutIndex: cut.index };
  const { scale, shift, train } = data;
  const parameters = await inSlices(featureParameters(spec, { ...train, scale, shift }));
  return { layers: [featureLayer(spec)], parameters };
}
