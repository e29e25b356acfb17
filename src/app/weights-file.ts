import type { StrategyId } from '../experiment/strategies.ts';
import { writeSafetensors } from '../export/safetensors.ts';
import type { NetworkSpec } from '../network/spec.ts';
import { FIRST_LAYER } from '../session/given-weights.ts';

interface Origin {
  readonly fragment: string;
  readonly way: StrategyId;
  /** Index of the first of these layers in the whole network. */
  readonly firstLayer: number;
}

/** What a file of weights says of where they come from. */
export const originOf = ({ fragment, way, firstLayer }: Origin) => ({
  experiment: `#${fragment}`,
  mode: way,
  [FIRST_LAYER]: String(firstLayer),
});

/** Trained weights as a safetensors file that says where they come from. */
export const weightsFile = (
  layers: NetworkSpec,
  values: Float32Array,
  origin: Origin,
): Uint8Array<ArrayBuffer> => writeSafetensors(layers, values, originOf(origin));

/** Its name. */
export const weightsName = (way: StrategyId, partition?: number): string =>
  `piecewise-${way}${partition === undefined ? '' : `-partition-${partition + 1}`}.safetensors`;
