/**
 * Closed forms for one stage: a run of layers on one device. Bytes are logical: what the method needs, float32, without
 * an engine's padding or scratch space. An engine's ledger reads the same for parameters, gradients, optimizer, labels
 * and data, and at least this for activations.
 */
import { sum } from '../../network/sums.ts';
import type { DataShape } from '../datasets.ts';
import { type OptimizerId, OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { countParameters, flopsOf, type LayerSpec, levelSizes } from '../../network/layers/layers.ts';

export const FLOAT_BYTES = 4;

/** Bytes by kind. `workspace` is what only an engine knows. */
export interface StageMemory {
  readonly parameters: number;
  readonly gradients: number;
  readonly optimizer: number;
  readonly activations: number;
  readonly labels: number;
  readonly data: number;
  readonly workspace: 0;
}

export interface StageCostEstimate {
  /** Number of parameters. */
  readonly parameters: number;
  readonly memory: StageMemory;
  /** FLOPs of one training step on a full batch. */
  readonly flopsPerStep: number;
}

/** Sizes of one label table. */
export interface TableSize {
  readonly classes: number;
  readonly width: number;
}

export interface StageCost {
  readonly layers: readonly LayerSpec[];
  /** Samples of a batch, or of a micro-batch where the stage works on those. */
  readonly batch: number;
  readonly optimizer: OptimizerId;
  /** `local` updates without a gradient ever being stored; `exchange` keeps them. */
  readonly training: 'local' | 'exchange';
  /** Whether ∂loss/∂input goes to a stage before this one. False for images and for synthetic labels. */
  readonly inputGradient: boolean;
  /** Micro-batches whose activations are kept at once. Default 1. */
  readonly inFlight?: number;
  /** Tables the stage holds, the one it trains on and the one it answers with. */
  readonly tables?: readonly TableSize[];
  /** Layers that never change: those that images go through first, and those whose answers for its input it learns. */
  readonly front?: readonly LayerSpec[];
  readonly aims?: readonly LayerSpec[];
  /** The table to all of whose rows each output's distance is taken while training. */
  readonly compares?: TableSize;
  /** Images on the device, all splits. */
  readonly images?: { readonly count: number; readonly pixels: number };
}

export function stageCost(stage: StageCost): StageCostEstimate {
  const {
    layers,
    batch,
    optimizer,
    training,
    inputGradient,
    inFlight = 1,
    tables = [],
    images,
    compares,
    front = [],
    aims = [],
  } = stage;
  const parameters = countParameters(layers);
  return {
    parameters,
    memory: {
      parameters: FLOAT_BYTES * parameters,
      gradients: training === 'exchange' ? FLOAT_BYTES * parameters : 0,
      optimizer: optimizerBytes(parameters, optimizer),
      activations:
        inFlight * activationBytes(layers, batch) +
        FLOAT_BYTES * batch * (sum(levelSizes(front).slice(0, -1)) + sum(levelSizes(aims).slice(1))),
      labels:
        tables.reduce((total, { classes, width }) => total + FLOAT_BYTES * classes * width, 0) +
        FLOAT_BYTES * countParameters([...front, ...aims]),
      data: images ? dataBytes(images.count, images.pixels) : 0,
      workspace: 0,
    },
    flopsPerStep:
      trainingFlops(layers, batch, inputGradient) +
      forwardFlops([...front, ...aims], batch) +
      (compares ? comparisonFlops(compares, batch) : 0),
  };
}

/** Bytes of the optimizer's moments: none, one or two per parameter. */
export function optimizerBytes(parameters: number, optimizer: OptimizerId): number {
  return FLOAT_BYTES * parameters * OPTIMIZERS[optimizer].moments;
}

/** Bytes of what one forward pass keeps for the backward pass: the stage's input and every layer's output. */
export function activationBytes(layers: readonly LayerSpec[], batch: number): number {
  return FLOAT_BYTES * batch * sum(levelSizes(layers));
}

/** All images of a data set, as a device that trains on them holds them. */
export const imagesOf = ({
  trainCount,
  testCount,
  pixels,
}: DataShape): { count: number; pixels: number } => ({
  count: trainCount + testCount,
  pixels,
});

/** Bytes of images and their classes: one byte a pixel, one a class. */
export function dataBytes(count: number, pixels: number): number {
  return count * (pixels + 1);
}

/** FLOPs of a forward pass: what the layers' modules count. */
export function forwardFlops(layers: readonly LayerSpec[], batch: number): number {
  return batch * sum(layers.map((layer) => flopsOf(layer).forward));
}

/**
 * FLOPs of a training step: forward, ∂parameters and ∂input of every layer. The first layer's ∂input is left out where
 * nobody asks for it, so that a dense layer's weight costs 6 FLOPs a sample, in the first layer 4.
 * Losses and updates are left out; they are under a hundredth at usual widths, but for `comparisonFlops`.
 */
export function trainingFlops(layers: readonly LayerSpec[], batch: number, inputGradient: boolean): number {
  const each = layers.map(flopsOf).map((flops, index) => {
    const further = inputGradient || index > 0 ? flops.inputGradient : 0;
    return flops.forward + flops.parameterGradient + further;
  });
  return batch * sum(each);
}

/**
 * FLOPs of a softmax over the distances to all label vectors: a difference, a square and a sum for each of their numbers,
 * and a product and a sum to blend them in the gradient.
 */
export const comparisonFlops = ({ classes, width }: TableSize, batch: number): number =>
  5 * batch * classes * width;

/** Bytes of all kinds. */
export function totalBytes(memory: StageMemory): number {
  const { parameters, gradients, optimizer, activations, labels, data } = memory;
  return parameters + gradients + optimizer + activations + labels + data;
}
