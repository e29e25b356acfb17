/** One layer as its kernels see it. */
import type { LayerSpec } from '../../../network/layers/layers.ts';
import { padded } from '../memory.ts';

export interface LayerShape extends LayerSpec {
  /** Where the layer's weights and biases begin in the flat parameters, in floats. */
  readonly weightsAt: number;
  readonly biasAt: number;
  /** Floats between two rows of the layer's input and output. */
  readonly inputStride: number;
  readonly outputStride: number;
}

export function layerShapes(layers: readonly LayerSpec[]): LayerShape[] {
  let offset = 0;
  return layers.map((layer) => {
    const weightsAt = offset;
    const biasAt = weightsAt + layer.inputs * layer.outputs;
    offset = biasAt + layer.outputs;
    return {
      ...layer,
      weightsAt,
      biasAt,
      inputStride: padded(layer.inputs),
      outputStride: padded(layer.outputs),
    };
  });
}

/** Whether rows of the weights begin on 16 bytes, so that they can be read four at a time. */
export function alignedRows({ outputs, weightsAt }: LayerShape): boolean {
  return outputs % 4 === 0 && weightsAt % 4 === 0;
}

/** Whether all operands of the layer's products are whole vectors, as tiles in workgroup memory want them. */
export function sharable(shape: LayerShape): boolean {
  return alignedRows(shape) && shape.inputs % 4 === 0;
}

/** `count` lines made by a function, e.g. an unrolled loop. */
export const repeat = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
