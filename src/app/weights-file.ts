import type { StrategyId } from '../experiment/strategies.ts';
import { writeLayersModel, type LayersModelFiles } from '../export/layers-model.ts';
import { writeMetadata } from '../export/metadata.ts';
import { layerNames, writeSafetensors } from '../export/safetensors/write.ts';
import { includeStandardisation, pixelStatistics, type Standardisation } from '../export/standardisation.ts';
import { type NetworkSpec } from '../network/spec.ts';
import { countParameters, shapeOf } from '../network/layers/layers.ts';
import type { RunFacts } from '../session/state.ts';

/** A trained network, or some consecutive layers of it, on the way to a file. */
export interface Trained {
  /** What it was trained as: settings of now may have gone on. */
  readonly run: Pick<RunFacts, 'fragment' | 'learningRateChanges' | 'weights'>;
  readonly strategy: StrategyId;
  /** The whole network as that strategy trains it, and its weights, flat. */
  readonly network: NetworkSpec;
  readonly parameters: Float32Array;
  /** What it was trained on. */
  readonly data: Standardisation & { readonly characters: readonly string[] };
  /** The layers that are wanted, from 0; all if absent. */
  readonly part?: { readonly firstLayer: number; readonly count: number } | undefined;
  /** Whether the first layer should take pixels from 0 to 1 as they are. */
  readonly includeStandardisation?: boolean;
}

/** The wanted layers, their weights, and what a file says of them. */
function prepare({
  run,
  strategy,
  network,
  parameters,
  data,
  part,
  includeStandardisation: include,
}: Trained) {
  const firstLayer = part?.firstLayer ?? 0;
  const end = firstLayer + (part?.count ?? network.length);
  const layers = network.slice(firstLayer, end);
  const from = countParameters(network.slice(0, firstLayer));
  const values = parameters.slice(from, from + countParameters(layers));
  const included = include === true && firstLayer === 0;
  return {
    layers,
    values: included ? includeStandardisation(values, shapeOf(layers[0]), data) : values,
    about: {
      experiment: `#${run.fragment}`,
      learningRateChanges: run.learningRateChanges,
      initialWeights: run.weights,
      strategy,
      firstLayer,
      layers,
      pixels:
        firstLayer === 0
          ? {
              ...pixelStatistics(data),
              standardisation: included ? ('included' as const) : ('before' as const),
            }
          : null,
      classes: end === network.length ? data.characters : null,
    },
  };
}

/** Trained weights as a safetensors file that says where they come from and how to feed them. */
export function weightsFile(trained: Trained): Uint8Array<ArrayBuffer> {
  const { layers, values, about } = prepare(trained);
  return writeSafetensors(layers, values, writeMetadata(about, layerNames(layers)));
}

/** The same for TensorFlow.js. */
export function layersModelFiles(trained: Trained, weightsName: string): LayersModelFiles {
  const { layers, values, about } = prepare(trained);
  return writeLayersModel(layers, values, weightsName, writeMetadata(about));
}

/** Its name. */
export const weightsName = (strategy: StrategyId, partition?: number): string =>
  `piecewise-${strategy}${partition === undefined ? '' : `-partition-${partition + 1}`}.safetensors`;
