import type * as tf from '@tensorflow/tfjs-core';
import type { FixedLayers } from '../contract.ts';
import { FlatTensors } from './flat.ts';
import type { LayerConstants } from './layers/layer.ts';
import { tfjsLayer } from './layers/registry.ts';

/** Layers that never change, on the device. */
export class Fixed {
  private readonly fixed: FixedLayers;
  private readonly tensors: FlatTensors;
  private readonly constants: LayerConstants;

  constructor(fixed: FixedLayers, constants: LayerConstants) {
    this.fixed = fixed;
    this.tensors = new FlatTensors(fixed.layers, fixed.parameters);
    this.constants = constants;
  }

  /** `[count, inputs]` → `[count, outputs]`. */
  forward(x: tf.Tensor2D): tf.Tensor2D {
    return this.fixed.layers.reduce(
      (values, layer, index) =>
        tfjsLayer(layer).forward(layer, this.tensors.layer(index), values, this.constants),
      x,
    );
  }

  dispose(): void {
    this.tensors.dispose();
  }
}
