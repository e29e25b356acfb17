import type { Experiment } from '../../experiment/experiment.ts';

/** Whether what the layer at `index` gives is normalised. */
export const isNormalised = ({ layers }: Pick<Experiment, 'layers'>, index: number): boolean =>
  layers[index + 1] === 'ln';

/**
 * Layer normalisation behind the layer at `index`, put there or taken away. Cuts stay where they are between the other
 * layers; one right behind that layer stays right behind it, and one behind the normalisation goes there with it.
 */
export function withNormalisation(
  experiment: Pick<Experiment, 'layers' | 'cuts'>,
  index: number,
): Pick<Experiment, 'layers' | 'cuts'> {
  const { layers, cuts } = experiment;
  const at = index + 1;
  if (!isNormalised(experiment, index))
    return { layers: layers.toSpliced(at, 0, 'ln'), cuts: cuts.map((cut) => (cut > at ? cut + 1 : cut)) };
  const moved = cuts.map((cut) => (cut > at ? cut - 1 : cut));
  return { layers: layers.toSpliced(at, 1), cuts: [...new Set(moved)] };
}
