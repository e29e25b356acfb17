/** What this engine asks of every kind of layer: how its numbers lie in memory, and its kernels. */
import type { Activation } from '../../../network/activations.ts';
import type { StepNumbers } from '../../../network/optimizers/optimizer.ts';
import type { Kernels } from '../kernels.ts';

/** Where a layer's kernels work. Addresses and bytes. */
export interface LayerWork {
  readonly kernels: Kernels;
  /** Between two quads of activations. */
  readonly stride: number;
  /** Samples of the batch, padded. */
  readonly samples: number;
  /** Room for as many bytes as `panelBytes` and `scratchBytes` of the largest layer. */
  readonly panel: number;
  readonly scratch: number;
}

/** What becomes of a parameter gradient: an optimizer step, or a sum in a gradient buffer. */
export interface Update extends StepNumbers {
  readonly rule: number;
  /** Where the layer's numbers begin in the block that changes, and in those of its moments. */
  readonly target: number;
  readonly first: number;
  readonly second: number;
}

/** A layer’s parameters (or gradients, or a moment) between linear memory and the flat array. */
export interface FlatCopy {
  readonly kernels: Kernels;
  /** Where the layer's numbers begin in memory. */
  readonly address: number;
  /** The layer's part of the flat array. */
  readonly flat: Float32Array;
  readonly direction: 'in' | 'out';
  /** Room for at least four rows of any layer. */
  readonly staging: { readonly address: number; readonly floats: Float32Array };
  /** The whole memory. */
  readonly memory: Float32Array;
}

export interface CpuLayer<Spec> {
  /** Of its parameters, padding included: a multiple of 32. */
  bytes(layer: Spec): number;
  /** @param threads That share its kernels' work. */
  panelBytes(layer: Spec, threads: number): number;
  /** @param samples Of a batch, padded. */
  scratchBytes(layer: Spec, samples: number, threads: number): number;
  copy(layer: Spec, copy: FlatCopy): void;
  /** @param parameters Where its parameters begin, @param x its input, @param y where its output goes. */
  forward(layer: Spec, work: LayerWork, parameters: number, x: number, y: number): void;
  /**
   * ∂loss/∂x into `dx`, times the slope of the activation that made x.
   * @param d ∂loss/∂output, the slope of the layer's own activation included.
   */
  inputGradient(
    layer: Spec,
    work: LayerWork,
    parameters: number,
    x: number,
    d: number,
    dx: number,
    below: Activation,
  ): void;
  /** Hands the gradient of its parameters on. */
  parameterGradient(layer: Spec, work: LayerWork, x: number, d: number, update: Update): void;
}
