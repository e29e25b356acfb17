import * as tf from '@tensorflow/tfjs-core';
import { countParameters, type LayerSpec, layerViews } from '../../network/layers/layers.ts';
import { EngineError } from '../errors.ts';
import type { LayerTensors } from './layers.ts';

/**
 * Tensors that stand for one flat array shaped like the parameters (the parameters, a moment, or the gradients):
 * weights and bias of each layer in turn. TensorFlow.js tensors never change, so an update replaces them.
 */
export class FlatTensors {
  private readonly layers: readonly LayerSpec[];
  private readonly held: tf.Tensor[];

  /** @param values Copied; zeros if left out. */
  constructor(layers: readonly LayerSpec[], values?: Float32Array) {
    this.layers = layers;
    this.held = made(layers, values ?? new Float32Array(countParameters(layers)));
  }

  /** Weights at 2 · layer, bias at 2 · layer + 1. */
  at(index: number): tf.Tensor {
    return this.held[index];
  }

  layer(index: number): LayerTensors {
    return {
      weights: this.held[2 * index] as tf.Tensor2D,
      bias: this.held[2 * index + 1] as tf.Tensor1D,
    };
  }

  /** Puts a new tensor in a slot and frees the one that was there. */
  replace(index: number, tensor: tf.Tensor): void {
    this.held[index].dispose();
    this.held[index] = tf.keep(tensor);
  }

  /** Overwrites everything; the array is copied. */
  write(values: Float32Array): void {
    made(this.layers, values).forEach((tensor, index) => this.replace(index, tensor));
  }

  /** Back to zeros, made on the device. */
  clear(): void {
    this.held.forEach((tensor, index) => this.replace(index, tf.zerosLike(tensor)));
  }

  async read(): Promise<Float32Array<ArrayBuffer>> {
    const parts = await Promise.all(this.held.map((tensor) => tensor.data<'float32'>()));
    const flat = new Float32Array(countParameters(this.layers));
    let offset = 0;
    for (const part of parts) {
      flat.set(part, offset);
      offset += part.length;
    }
    return flat;
  }

  dispose(): void {
    tf.dispose(this.held);
  }
}

function made(layers: readonly LayerSpec[], values: Float32Array): tf.Tensor[] {
  const expected = countParameters(layers);
  if (values.length !== expected) {
    throw new EngineError(`Expected ${expected} parameters for these layers, found ${values.length}.`);
  }
  // Sliced: the backends keep the array they are given.
  return layerViews(layers, values).flatMap(({ weights, bias }, index) => [
    tf.keep(tf.tensor2d(weights.slice(), [layers[index].inputs, layers[index].outputs])),
    tf.keep(tf.tensor1d(bias.slice())),
  ]);
}
