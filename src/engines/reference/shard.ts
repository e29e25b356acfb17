import { updateParameters } from '../../network/reference.ts';
import { type OptimizerId, OPTIMIZERS } from '../../network/optimizers/registry.ts';
import type { Ledger } from '../ledger.ts';
import { checkLength } from '../checks.ts';
import type { Shard } from '../contract.ts';

export class ReferenceShard implements Shard {
  readonly length: number;
  private readonly optimizer: OptimizerId;
  private readonly decay: number;
  private readonly values: Float32Array<ArrayBuffer>;
  private readonly gradients: Float32Array<ArrayBuffer>;
  private readonly moments: Float32Array<ArrayBuffer>[];
  private readonly releases: (() => void)[];
  private steps = 0;

  constructor(values: Float32Array, optimizer: OptimizerId, decay: number, ledger: Ledger) {
    this.length = values.length;
    this.optimizer = optimizer;
    this.decay = decay;
    this.values = new Float32Array(values);
    this.gradients = new Float32Array(values.length);
    this.moments = Array.from(
      { length: OPTIMIZERS[optimizer].moments },
      () => new Float32Array(values.length),
    );
    this.releases = [
      ledger.allocate('parameters', 4 * values.length),
      ledger.allocate('gradients', 4 * values.length),
      ledger.allocate('optimizer', 4 * values.length * this.moments.length),
    ];
  }

  async read() {
    return this.values.slice();
  }
  async writeGradients(values: Float32Array) {
    checkLength('gradients of this shard', values.length, this.length);
    this.gradients.set(values);
  }
  async optimizerStep(learningRate: number) {
    this.steps++;
    updateParameters(
      this.optimizer,
      this.values,
      this.gradients,
      this.moments,
      { learningRate, decay: this.decay },
      this.steps,
    );
  }
  dispose() {
    for (const release of this.releases) release();
  }
}
