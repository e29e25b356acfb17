/**
 * What a file of weights says of them: where they come from and how to feed them. Texts by name, as safetensors has them
 * (`__metadata__`); a LayersModel has the same (`userDefinedMetadata`). README.md lists them for readers.
 */
import { ACTIVATIONS, type Activation } from '../network/spec.ts';
import { activationOf, type LayerSpec } from '../network/layers/layers.ts';
import { exportText as text } from './words.ts';
import { WeightsError } from './weights-error.ts';
import type { PixelStatistics } from './standardisation.ts';

export interface AboutWeights {
  /** Link of the experiment, from '#' on. */
  readonly experiment: string;
  /** Learning rates that were set on the way, which no link holds. */
  readonly learningRateChanges?: readonly { readonly step: number; readonly learningRate: number }[];
  /** File of the weights that training began with; the seed's own, if absent. */
  readonly initialWeights?: string | null;
  /** Strategy. */
  readonly strategy: string;
  /** Of the whole network's layers, the first that the file holds, from 0. */
  readonly firstLayer: number;
  readonly layers: readonly LayerSpec[];
  /** Set where the first layer takes pixels. */
  readonly pixels: (PixelStatistics & { readonly standardisation: 'included' | 'before' }) | null;
  /** What each output stands for, in order, where the last layer answers. */
  readonly classes: readonly string[] | null;
}

/** @param names The layers' names in the file, in their order in the network, where they have any. */
export function writeMetadata(about: AboutWeights, names?: readonly string[]): Record<string, string> {
  const { experiment, strategy, firstLayer, layers, pixels, classes } = about;
  const { learningRateChanges = [], initialWeights } = about;
  return {
    experiment,
    ...(learningRateChanges.length > 0 && { learningRateChanges: JSON.stringify(learningRateChanges) }),
    ...(initialWeights && { initialWeights }),
    strategy,
    firstLayer: String(firstLayer),
    ...(names && { layerOrder: JSON.stringify(names) }),
    activations: JSON.stringify(layers.map(activationOf)),
    input: pixels ? text.takesPixels : text.takesLayer(firstLayer),
    ...(pixels && {
      orientation: 'upright',
      pixelMean: String(pixels.mean),
      pixelStd: String(pixels.std),
      standardisation: pixels.standardisation,
    }),
    output: classes ? text.givesClasses : text.givesLayer(firstLayer + layers.length),
    ...(classes && { classes: JSON.stringify(classes) }),
  };
}

/** What is known of a file's weights; of files from elsewhere, mostly nothing. */
export interface KnownOfWeights {
  readonly firstLayer: number | null;
  readonly layerOrder: readonly string[] | null;
  readonly activations: readonly Activation[] | null;
  readonly pixels: PixelStatistics | null;
  readonly standardisation: 'included' | 'before' | null;
}

/**
 * Takes what it understands. What others may mean otherwise is no error, but for one thing: weights that may or may not do
 * the standardising are of no use.
 * @throws WeightsError
 */
export function readMetadata(metadata: Readonly<Record<string, string>>): KnownOfWeights {
  const { firstLayer, standardisation = null, pixelMean } = metadata;
  // Files of earlier versions say pixelDeviation.
  const pixelStd = metadata.pixelStd ?? metadata.pixelDeviation;
  if (standardisation !== null && standardisation !== 'included' && standardisation !== 'before') {
    throw new WeightsError(text.strangeStandardisation(standardisation));
  }
  const activations = textsOf(metadata.activations);
  const pixels = { mean: Number(pixelMean), std: Number(pixelStd) };
  return {
    firstLayer: /^\d+$/.test(firstLayer ?? '') ? Number(firstLayer) : null,
    layerOrder: textsOf(metadata.layerOrder),
    activations: activations?.every(isActivation) ? activations : null,
    pixels: Number.isFinite(pixels.mean) && pixels.std > 0 ? pixels : null,
    standardisation,
  };
}

const isActivation = (name: string): name is Activation => (ACTIVATIONS as readonly string[]).includes(name);

/** A list of texts in JSON; null for anything else. */
function textsOf(json: string | undefined): string[] | null {
  try {
    const list: unknown = JSON.parse(json ?? '');
    return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : null;
  } catch {
    return null;
  }
}
