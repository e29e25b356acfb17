import {
  aimsAtImages,
  countsWhileTraining,
  fixedOf,
  imagesOf,
  tableOf,
  wantsInputGradient,
} from '../ends.ts';
import {
  countNearest,
  hybridLoss,
  softmaxCrossEntropy,
  squaredDistance,
  squaredDistanceToLabels,
  updateParameters,
  type Loss,
} from '../../network/reference.ts';
import { OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { backwardLayer, forwardLayer, inputSize, unflattenParameters } from '../../network/layers/layers.ts';
import type { Ledger } from '../ledger.ts';
import type {
  LocalResult,
  LocalTraining,
  OptimizerState,
  Split,
  Stage,
  StageInput,
  StageSpec,
} from '../contract.ts';
import { EngineError } from '../errors.ts';
import {
  checkGathered,
  checkLook,
  checkOwn,
  checkReadsImages,
  checkReleases,
  checkStarts,
  loadedOf,
  NOT_GATHERED,
  passOf,
} from '../checks.ts';
import { normsByLayer } from '../norms.ts';
import { shownClass } from '../swap.ts';
import { addNoise, gatherImages, mixLabels, throughFixed, type LoadedSplit } from './inputs.ts';

/** What `backward` needs of a forward pass: every layer's output, the input first. */
interface Pass {
  readonly outputs: readonly Float64Array[];
  readonly targets: ArrayLike<number> | null;
  readonly count: number;
  /** What aims are made of; null where that is not at hand. */
  readonly seen: Float64Array | null;
}

/** A stage's input, and what it was made of where that was images. */
interface Input {
  readonly x: Float64Array;
  readonly images: Float64Array | null;
}

export class ReferenceStage implements Stage {
  readonly spec: StageSpec;
  private parameters: Float32Array<ArrayBuffer>;
  private gradients: Float64Array;
  private readonly moments: Float32Array<ArrayBuffer>[];
  private readonly splits = new Map<Split, LoadedSplit>();
  private readonly passes = new Map<number, Pass>();
  private readonly releases: (() => void)[] = [];
  private readonly dataReleases = new Map<Split, () => void>();
  private readonly ledger: Ledger;
  /** What `holdGathered` entered into the ledger. */
  private gathered: (() => void)[] = [];
  private steps = 0;

  constructor(spec: StageSpec, ledger: Ledger) {
    this.spec = spec;
    this.ledger = ledger;
    this.parameters = new Float32Array(spec.parameters);
    this.gradients = new Float64Array(spec.parameters.length);
    this.moments = Array.from(
      { length: spec.training === 'gathered' ? 0 : OPTIMIZERS[spec.optimizer].moments },
      () => new Float32Array(spec.parameters.length),
    );
    const bytes = 4 * spec.parameters.length;
    this.releases.push(
      ledger.allocate('parameters', bytes),
      ledger.allocate('optimizer', bytes * this.moments.length),
      ledger.allocate('gradients', spec.training === 'exchange' ? bytes : 0),
    );
    for (const end of [spec.source, spec.objective]) {
      const table = end && tableOf(end);
      if (table) this.releases.push(ledger.allocate('labels', table.values.byteLength));
      const fixed = end && fixedOf(end);
      if (fixed) this.releases.push(ledger.allocate('labels', fixed.parameters.byteLength));
    }
  }

  async load(split: Split, images: Uint8Array, labels: Uint8Array): Promise<void> {
    this.dataReleases.get(split)?.();
    this.splits.set(split, { images: images.slice(), labels: labels.slice() });
    this.dataReleases.set(split, this.ledger.allocate('data', images.byteLength + labels.byteLength));
  }

  async train({ batches, learningRates }: LocalTraining): Promise<LocalResult> {
    const { batch, source } = this.spec;
    const samples = batches.kind === 'images' ? batches.order.length : batches.targets.length;
    if (Math.ceil(samples / batch) !== learningRates.length) {
      throw new EngineError(
        `${samples} samples make ${Math.ceil(samples / batch)} batches of ${batch}, but ${learningRates.length} learning rates were given.`,
      );
    }
    const losses = new Float32Array(learningRates.length);
    const correct = new Uint32Array(learningRates.length);
    for (let step = 0; step < learningRates.length; step++) {
      const from = step * batch;
      const to = Math.min(from + batch, samples);
      let input: Input;
      let targets: ArrayLike<number>;
      if (batches.kind === 'images' && imagesOf(source)) {
        const order = batches.order.subarray(from, to);
        const split = this.split('train');
        const own = Array.from(order, (sample) => split.labels[sample]);
        targets = own;
        const first = this.steps * batch;
        const { swap, fixed } = source.kind === 'fixed' ? source : {};
        const classes = fixed?.table?.classes ?? 0;
        const shown = swap ? own.map((target, n) => shownClass(swap, first + n, target, classes)) : own;
        input = this.images(split, order, shown);
        if (source.kind === 'fixed') addNoise(input.x, source, inputSize(this.spec.layers), first);
      } else if (batches.kind === 'labels' && source.kind === 'labels') {
        input = { x: mixLabels(source, batches, from, to, this.steps, batch), images: null };
        targets = batches.targets.subarray(from, to);
      } else {
        throw new EngineError(`A stage fed by ${source.kind} cannot train on batches of ${batches.kind}.`);
      }
      const pass = this.run(input, targets, to - from);
      const loss = this.loss(pass, to - from)!;
      losses[step] = loss.sum / (to - from);
      correct[step] = countsWhileTraining(this.spec.objective!) ? loss.correct : 0;
      this.backpropagate(pass, loss.gradient);
      this.update(learningRates[step]);
    }
    return { losses, correct };
  }

  async forward(microBatch: number, input: StageInput, want: { output?: boolean } = {}) {
    checkStarts(this.spec, microBatch, this.passes);
    const pass = this.run(...this.read(input));
    this.passes.set(microBatch, pass);
    const { objective } = this.spec;
    return this.result(pass, { output: !objective || want.output === true, score: !!objective }, true);
  }

  async backward(microBatch: number, options: { gradient?: Float32Array; divisor: number }) {
    const pass = passOf(this.passes, microBatch);
    this.checkGradients();
    this.passes.delete(microBatch);
    const gradient = this.loss(pass, options.divisor)?.gradient ?? Float64Array.from(options.gradient!);
    const input = this.backpropagate(pass, gradient);
    return wantsInputGradient(this.spec.source) ? Float32Array.from(input) : null;
  }

  async optimizerStep(learningRate: number): Promise<void> {
    checkOwn(this.spec);
    this.update(learningRate);
  }

  async infer(input: StageInput, want: { output?: boolean; score?: boolean }) {
    return this.result(this.run(...this.read(input)), want, false);
  }

  async look(input: StageInput, { gradients = false } = {}) {
    const [read, targets, count] = this.read(input);
    checkLook(this.spec, count, this.passes.size, gradients);
    const pass = this.run(read, targets, count);
    const outputs = pass.outputs.slice(1).map((values) => Float32Array.from(values));
    if (!gradients) return { outputs };
    const loss = this.loss(pass, count)!;
    const kept = this.gradients;
    this.gradients = new Float64Array(kept.length);
    this.backpropagate(pass, loss.gradient);
    const gradientNorms = normsByLayer(this.spec.layers, this.gradients);
    this.gradients = kept;
    return { outputs, gradientNorms };
  }

  async holdGathered(values: Float32Array, use: 'forward' | 'backward'): Promise<void> {
    checkGathered(this.spec, values);
    await this.release();
    this.parameters = new Float32Array(values);
    this.gradients = new Float64Array(use === 'backward' ? values.length : 0);
    this.gathered = [
      this.ledger.allocate('parameters', 4 * values.length),
      this.ledger.allocate('gradients', 4 * this.gradients.length),
    ];
  }

  async release(): Promise<void> {
    checkReleases(this.spec);
    for (const release of this.gathered.splice(0)) release();
    this.parameters = new Float32Array();
    this.gradients = new Float64Array();
  }

  async readParameters() {
    return this.parameters.slice();
  }
  async writeParameters(values: Float32Array) {
    this.parameters.set(values);
  }
  async readGradients() {
    this.checkGradients();
    return Float32Array.from(this.gradients);
  }
  async writeGradients(values: Float32Array) {
    this.gradients.set(values);
  }
  async readOptimizer(): Promise<OptimizerState> {
    return { step: this.steps, moments: this.moments.map((moment) => moment.slice()) };
  }
  async writeOptimizer(state: OptimizerState) {
    this.steps = state.step;
    state.moments.forEach((values, index) => this.moments[index].set(values));
  }

  dispose(): void {
    for (const release of [...this.releases, ...this.gathered, ...this.dataReleases.values()]) release();
  }

  private checkGradients(): void {
    if (this.gradients.length === 0) throw new EngineError(NOT_GATHERED);
  }

  private split(name: Split): LoadedSplit {
    return loadedOf(this.splits, name);
  }

  /** Input numbers, targets and count of a `StageInput`. */
  private read(input: StageInput): [Input, ArrayLike<number> | null, number] {
    if (input.kind === 'activations')
      return [{ x: Float64Array.from(input.values), images: null }, input.targets ?? null, input.count];
    const split = this.split(input.split);
    const targets = Array.from(input.order, (sample) => split.labels[sample]);
    return [this.images(split, input.order, targets), targets, input.order.length];
  }

  /** What the first layer takes of some images, and these. @param shown Classes whose vectors lie over it. */
  private images(split: LoadedSplit, order: Uint32Array, shown: readonly number[]): Input {
    const images = gatherImages(checkReadsImages(this.spec), split, order);
    const fixed = fixedOf(this.spec.source);
    return { x: fixed ? throughFixed(fixed, images, shown) : images, images };
  }

  private run({ x, images }: Input, targets: ArrayLike<number> | null, count: number): Pass {
    if (this.parameters.length === 0) throw new EngineError(NOT_GATHERED);
    const outputs = [x];
    unflattenParameters(this.spec.layers, this.parameters).forEach((parameters, index) => {
      outputs.push(forwardLayer(this.spec.layers[index], parameters, outputs[index], count));
    });
    return { outputs, targets, count, seen: aimsAtImages(this.spec) ? images : x };
  }

  private loss({ outputs, targets, seen }: Pass, divisor: number, weighted = true): Loss | null {
    const { objective } = this.spec;
    const weights = weighted ? this.spec.classWeights : undefined;
    if (!objective) return null;
    if (!targets) throw new EngineError('This stage scores its output, so it needs targets.');
    const y = outputs[outputs.length - 1];
    switch (objective.kind) {
      case 'classes':
        return softmaxCrossEntropy(y, targets, objective.classes, divisor, weights);
      case 'labels': {
        const { values, width } = objective.table;
        return squaredDistanceToLabels(y, targets, values, width, objective.scale, divisor, weights);
      }
      case 'hybrid': {
        const { values, width } = objective.table;
        return hybridLoss(y, targets, values, width, objective, divisor, weights);
      }
      case 'fixed': {
        const { fixed, scale } = objective;
        const { table } = fixed;
        const correct = table ? countNearest(y, targets, table.values, table.width) : 0;
        if (!seen) return { sum: NaN, gradient: new Float64Array(y.length), correct };
        const factors = Array.from(targets, (target) => weights?.[target] ?? 1);
        const loss = squaredDistance(y, throughFixed(fixed, seen, targets), scale, divisor, factors);
        return { ...loss, correct };
      }
    }
  }

  /** Adds to the gradients; returns ∂loss/∂input. */
  private backpropagate({ outputs, count }: Pass, gradient: Float64Array): Float64Array {
    const parameters = unflattenParameters(this.spec.layers, this.parameters);
    const gradients = unflattenParameters(this.spec.layers, this.gradients);
    let dy = gradient;
    for (let index = this.spec.layers.length - 1; index >= 0; index--) {
      const layer = this.spec.layers[index];
      const result = backwardLayer(layer, parameters[index], outputs[index], outputs[index + 1], dy, count);
      for (const [name, values] of Object.entries(result.parameters)) {
        values.forEach((value, i) => (gradients[index][name][i] += value));
      }
      dy = result.input;
    }
    return dy;
  }

  private update(learningRate: number): void {
    this.steps++;
    const { optimizer, decay } = this.spec;
    updateParameters(
      optimizer,
      this.parameters,
      this.gradients,
      this.moments,
      { learningRate, decay },
      this.steps,
    );
    this.gradients.fill(0);
  }

  private result(pass: Pass, want: { output?: boolean; score?: boolean }, weighted: boolean) {
    const loss = want.score ? this.loss(pass, 1, weighted) : null;
    return {
      ...(want.output ? { output: Float32Array.from(pass.outputs[pass.outputs.length - 1]) } : {}),
      ...(loss ? { score: { loss: loss.sum, correct: loss.correct, count: pass.count } } : {}),
    };
  }
}
