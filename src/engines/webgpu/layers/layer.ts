/** What this engine asks of every kind of layer: its kernels. */
import type { Activation } from '../../../network/activations.ts';
import type { ProductName } from '../../contract.ts';
import type { Sink } from '../kernels/optimizer.ts';
import type { DenseShape } from '../kernels/shape.ts';
import type { ProductKernel, Tile } from '../kernels/tile.ts';

export interface GpuPlace {
  /** Where the layer's parameters begin in the flat ones, in floats. */
  readonly at: number;
  /** The tile that computes a product fastest. */
  choose(product: ProductName, shape: DenseShape): Promise<Tile>;
}

export interface GpuLayer<Spec> {
  /** Floats a sample that forward keeps for backward beside input and output: binding 7 of each kernel, if any. */
  kept(layer: Spec): number;
  /** Bindings: 0 x, 1 parameters, 2 y. */
  forward(layer: Spec, place: GpuPlace): Promise<ProductKernel>;
  /**
   * Bindings: 0 ∂loss/∂y, the slope of the layer's own activation included; 1 parameters; 2 x; 3 ∂loss/∂x, times the
   * slope of the activation that made x (`below`).
   */
  inputGradient(layer: Spec, place: GpuPlace, below: Activation): Promise<ProductKernel>;
  /** Bindings: 0 x, 1 ∂loss/∂y as above, 2 … those of the sink. */
  parameterGradient(layer: Spec, place: GpuPlace, sink: Sink): Promise<ProductKernel>;
}
