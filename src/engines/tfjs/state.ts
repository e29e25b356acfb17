import { OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { countParameters } from '../../network/layers/layers.ts';
import { NOT_GATHERED } from '../checks.ts';
import type { OptimizerState, StageSpec } from '../contract.ts';
import { EngineError } from '../errors.ts';
import type { Ledger } from '../ledger.ts';
import { FlatTensors } from './flat.ts';

/** Parameters, moments and gradients of a stage, and their bytes in the ledger. */
export class State {
  /** Optimizer steps taken. */
  steps = 0;
  readonly moments: readonly FlatTensors[];
  private readonly spec: StageSpec;
  private readonly ledger: Ledger;
  /** Null while a gathered stage has none. */
  private own: FlatTensors | null;
  private added: FlatTensors | null;
  private readonly releases: readonly (() => void)[];
  /** What `hold` entered into the ledger. */
  private gathered: (() => void)[] = [];

  constructor(spec: StageSpec, ledger: Ledger) {
    const { layers, training, optimizer, parameters } = spec;
    const owned = training !== 'gathered';
    const bytes = owned ? 4 * countParameters(layers) : 0;
    const moments = owned ? OPTIMIZERS[optimizer].moments : 0;
    this.spec = spec;
    this.ledger = ledger;
    this.own = owned ? new FlatTensors(layers, parameters) : null;
    this.moments = Array.from({ length: moments }, () => new FlatTensors(layers));
    this.added = training === 'exchange' ? new FlatTensors(layers) : null;
    this.releases = [
      ledger.allocate('parameters', bytes),
      ledger.allocate('optimizer', bytes * moments),
      ledger.allocate('gradients', this.added ? bytes : 0),
    ];
  }

  /** @throws EngineError while nothing is gathered. */
  get parameters(): FlatTensors {
    if (!this.own) throw new EngineError(NOT_GATHERED);
    return this.own;
  }

  /** Those added up so far. @throws EngineError where there are none. */
  get gradients(): FlatTensors {
    if (this.added) return this.added;
    if (this.spec.training === 'gathered') throw new EngineError(NOT_GATHERED);
    throw new EngineError('A stage that trains locally keeps no gradients.');
  }

  /** Takes parameters for a while, and room for their gradients where a backward pass is to come. */
  hold(values: Float32Array, use: 'forward' | 'backward'): void {
    this.letGo();
    const { layers } = this.spec;
    this.own = new FlatTensors(layers, values);
    this.gathered = [this.ledger.allocate('parameters', 4 * values.length)];
    if (use === 'forward') return;
    this.added = new FlatTensors(layers);
    this.gathered.push(this.ledger.allocate('gradients', 4 * values.length));
  }

  /** Gives back what was held for a while. */
  letGo(): void {
    this.own?.dispose();
    this.added?.dispose();
    for (const release of this.gathered.splice(0)) release();
    this.own = null;
    this.added = null;
  }

  async readOptimizer(): Promise<OptimizerState> {
    return { step: this.steps, moments: await Promise.all(this.moments.map((moment) => moment.read())) };
  }

  writeOptimizer({ step, moments }: OptimizerState): void {
    if (moments.length !== this.moments.length) {
      throw new EngineError(
        `${this.spec.optimizer} keeps ${this.moments.length} moments, but ${moments.length} were given.`,
      );
    }
    this.steps = step;
    moments.forEach((values, index) => this.moments[index].write(values));
  }

  dispose(): void {
    this.letGo();
    this.moments.forEach((moment) => moment.dispose());
    for (const release of this.releases) release();
  }
}
