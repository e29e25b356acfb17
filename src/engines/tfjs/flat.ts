import * as tf from '@tensorflow/tfjs-core';
import {
  countParameters,
  unflattenParameters,
  parametersOf,
  type LayerSpec,
} from '../../network/layers/layers.ts';
import { EngineError } from '../errors.ts';
import type { LayerTensors } from './layers/layer.ts';

/**
 * Tensors that stand for one flat array shaped like the parameters (the parameters, a moment, or the gradients): those
 * of each layer in turn, as its module orders them. TensorFlow.js tensors never change, so an update replaces them.
 */
export class FlatTensors {
  private readonly layers: readonly LayerSpec[];
  private readonly held: tf.Tensor[];
  private readonly firsts: readonly number[];

  /** @param values Copied; zeros if left out. */
  constructor(layers: readonly LayerSpec[], values?: Float32Array) {
    this.layers = layers;
    let slots = 0;
    this.firsts = layers.map((layer) => (slots += parametersOf(layer).length) - parametersOf(layer).length);
    this.held = made(layers, values ?? new Float32Array(countParameters(layers)));
  }

  /** Number of slots, a tensor each. */
  get slots(): number {
    return this.held.length;
  }

  at(slot: number): tf.Tensor {
    return this.held[slot];
  }

  /** The slot of a layer's first tensor. */
  firstOf(layer: number): number {
    return this.firsts[layer];
  }

  layer(index: number): LayerTensors {
    const names = parametersOf(this.layers[index]).map(({ name }) => name);
    return Object.fromEntries(names.map((name, i) => [name, this.held[this.firsts[index] + i]]));
  }

  /** Puts a new tensor in a slot and frees the one that was there. */
  replace(slot: number, tensor: tf.Tensor): void {
    this.held[slot].dispose();
    this.held[slot] = tf.keep(tensor);
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
  return unflattenParameters(layers, values).flatMap((views, index) =>
    parametersOf(layers[index]).map(({ name, shape }) => tf.keep(tf.tensor(views[name].slice(), [...shape]))),
  );
}
