/** Pixels as networks are trained on them, and weights that do that work themselves. */
import type { LayerShape } from '../network/layers/layers.ts';

/** `byte · scale + shift` has mean 0 and std 1 over the training images. */
export interface Standardisation {
  readonly scale: number;
  readonly shift: number;
}

export interface PixelStatistics {
  readonly mean: number;
  readonly std: number;
}

/** Mean and std of all pixels of the training images, where these go from 0 to 1: what others standardise with. */
export const pixelStatistics = ({ scale, shift }: Standardisation): PixelStatistics => ({
  mean: -shift / scale / 255,
  std: 1 / (255 * scale),
});

/**
 * The same network for pixels from 0 to 1 as they are: x · 255 scale + shift goes into the first layer's weights and biases.
 *
 * @param parameters Flat, the first layer first; they are left as they are. Sums are taken in double precision.
 */
export const includeStandardisation = (
  parameters: Float32Array,
  first: LayerShape,
  { scale, shift }: Standardisation,
): Float32Array<ArrayBuffer> => affine(parameters, first, 255 * scale, shift);

/** The way back: a network for pixels from 0 to 1 becomes one for standardised ones. */
export const excludeStandardisation = (
  parameters: Float32Array,
  first: LayerShape,
  { scale, shift }: Standardisation,
): Float32Array<ArrayBuffer> => affine(parameters, first, 1 / (255 * scale), -shift / (255 * scale));

/** The network that gives for x what the given one gives for `factor · x + offset`. */
function affine(
  parameters: Float32Array,
  { inputs, outputs }: LayerShape,
  factor: number,
  offset: number,
): Float32Array<ArrayBuffer> {
  const result = new Float32Array(parameters);
  for (let o = 0; o < outputs; o++) {
    let sum = 0;
    for (let i = 0; i < inputs; i++) {
      const at = i * outputs + o;
      sum += parameters[at];
      result[at] = parameters[at] * factor;
    }
    result[inputs * outputs + o] += offset * sum;
  }
  return result;
}
