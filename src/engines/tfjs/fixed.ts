import * as tf from '@tensorflow/tfjs-core';
import type { FixedLayers, LabelTable } from '../contract.ts';
import { FlatTensors } from './flat.ts';
import type { LayerConstants } from './layers/layer.ts';
import { tfjsLayer } from './layers/registry.ts';

/** A table on the device, kept until it is disposed of. Sliced: the backends keep the array they are given. */
export function placedTable({ classes, width, values }: LabelTable): tf.Tensor2D {
  return tf.keep(tf.tensor2d(values.slice(), [classes, width]));
}

/** Layers that never change, on the device, and the class vectors over them. */
export class Fixed {
  /** `[classes, outputs]` */
  readonly table: tf.Tensor2D | null;
  private readonly fixed: FixedLayers;
  private readonly tensors: FlatTensors;
  private readonly constants: LayerConstants;

  constructor(fixed: FixedLayers, constants: LayerConstants) {
    this.fixed = fixed;
    this.tensors = new FlatTensors(fixed.layers, fixed.parameters);
    this.constants = constants;
    this.table = fixed.table ? placedTable(fixed.table) : null;
  }

  /** `[count, inputs]` → `[count, outputs]`. @param classes Whose vectors lie over it, `[count]`. */
  forward(x: tf.Tensor2D, classes: tf.Tensor1D): tf.Tensor2D {
    const given = this.fixed.layers.reduce(
      (values, layer, index) =>
        tfjsLayer(layer).forward(layer, this.tensors.layer(index), values, this.constants),
      x,
    );
    return this.table ? tf.add(given, tf.gather(this.table, classes)) : given;
  }

  dispose(): void {
    this.tensors.dispose();
    this.table?.dispose();
  }
}
