/** A dense layer as its kernels see it. */
import type { SpecOf } from '../../../network/layers/registry.ts';
import { padded } from '../padding.ts';

export interface DenseShape extends SpecOf<'dense'> {
  /** Where the layer's weights and biases begin in the flat parameters, in floats. */
  readonly weightsAt: number;
  readonly biasAt: number;
  /** Floats between two rows of the layer's input and output. */
  readonly inputStride: number;
  readonly outputStride: number;
}

/** @param at Where its parameters begin in the flat ones, in floats. */
export function denseShape(layer: SpecOf<'dense'>, at: number): DenseShape {
  return {
    ...layer,
    weightsAt: at,
    biasAt: at + layer.inputs * layer.outputs,
    inputStride: padded(layer.inputs),
    outputStride: padded(layer.outputs),
  };
}

/** Whether rows of the weights begin on 16 bytes, so that they can be read four at a time. */
export function alignedRows({ outputs, weightsAt }: DenseShape): boolean {
  return outputs % 4 === 0 && weightsAt % 4 === 0;
}

/** Whether all operands of the layer's products are whole vectors, as tiles in workgroup memory want them. */
export function sharable(shape: DenseShape): boolean {
  return alignedRows(shape) && shape.inputs % 4 === 0;
}

/** `count` lines made by a function, e.g. an unrolled loop. */
export const repeat = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');
