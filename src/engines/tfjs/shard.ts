import * as tf from '@tensorflow/tfjs-core';
import { type OptimizerId, OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { checkLength } from '../checks.ts';
import type { Shard } from '../contract.ts';
import { Constants, stepScalars, updated } from './optimizer.ts';
import type { Scope } from './scope.ts';

/** Part of some parameters as flat tensors. TensorFlow.js tensors never change, so a step replaces them. */
export class TfjsShard implements Shard {
  readonly length: number;
  private readonly optimizer: OptimizerId;
  private readonly decay: number;
  private readonly scope: Scope;
  private readonly constants: Constants;
  private readonly releases: (() => void)[];
  private values: tf.Tensor;
  private gradients: tf.Tensor;
  private moments: tf.Tensor[];
  private steps = 0;
  private disposed = false;

  constructor(values: Float32Array, optimizer: OptimizerId, decay: number, scope: Scope) {
    this.length = values.length;
    this.optimizer = optimizer;
    this.decay = decay;
    this.scope = scope;
    scope.enter();
    this.constants = new Constants(optimizer);
    // Sliced: the backends keep the array they are given.
    this.values = tf.keep(tf.tensor1d(values.slice()));
    this.gradients = tf.keep(tf.zerosLike(this.values));
    this.moments = Array.from({ length: OPTIMIZERS[optimizer].moments }, () =>
      tf.keep(tf.zerosLike(this.values)),
    );
    const { ledger } = scope;
    this.releases = [
      ledger.allocate('parameters', 4 * this.length),
      ledger.allocate('gradients', 4 * this.length),
      ledger.allocate('optimizer', 4 * this.length * this.moments.length),
      ledger.allocate('workspace', this.constants.bytes),
    ];
  }

  async read() {
    return Float32Array.from(await this.values.data<'float32'>());
  }

  async writeGradients(values: Float32Array) {
    checkLength('gradients of this shard', values.length, this.length);
    this.scope.enter();
    this.gradients.dispose();
    this.gradients = tf.keep(tf.tensor1d(values.slice()));
  }

  async optimizerStep(learningRate: number) {
    this.steps++;
    if (this.length === 0) return;
    this.scope.run(() => {
      const scalars = stepScalars(this.optimizer, { learningRate, decay: this.decay }, this.steps);
      const next = updated(this.values, this.gradients, this.moments, scalars, this.constants);
      tf.dispose([this.values, ...this.moments]);
      this.values = tf.keep(next.parameter);
      this.moments = next.moments.map((moment) => tf.keep(moment));
    });
  }

  dispose() {
    if (this.disposed) return;
    this.disposed = true;
    tf.dispose([this.values, this.gradients, ...this.moments]);
    this.constants.dispose();
    for (const release of this.releases) release();
  }
}
