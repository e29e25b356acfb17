import * as tf from '@tensorflow/tfjs-core';
import { inputSize, levelSizes, outputSize } from '../../network/layers/layers.ts';
import {
  checkBatches,
  checkGathered,
  checkLook,
  checkOwn,
  checkReleases,
  checkStarts,
  passOf,
} from '../checks.ts';
import type {
  LocalResult,
  LocalTraining,
  OptimizerState,
  Split,
  Stage,
  StageInput,
  StageSpec,
} from '../contract.ts';
import {
  countOf,
  countsWhileTraining,
  fixedLevels,
  fixedOf,
  imagesOf,
  tableOf,
  wantsInputGradient,
} from '../ends.ts';
import { EngineError } from '../errors.ts';
import { normsByLayer } from '../norms.ts';
import { FlatTensors } from './flat.ts';
import { Inputs, slice, type Input } from './inputs.ts';
import { tfjsLayer } from './layers/registry.ts';
import { displace, lossOf, place, type Loss, type PlacedObjective, type Wanted } from './losses.ts';
import { Constants, stepScalars, updated, type StepScalars } from './optimizer.ts';
import { readScore, scoreTensor } from './scores.ts';
import { tidy, type Scope } from './scope.ts';
import { State } from './state.ts';

/** Steps submitted before their losses are read: bounds the upload buffers that wait on the device. */
const STEPS_IN_FLIGHT = 8;
/** Samples of one inference chunk, at least. */
const INFERENCE_CHUNK = 256;

/** What `backward` needs of a forward pass: every layer's output, the input first. */
interface Pass {
  readonly outputs: readonly tf.Tensor2D[];
  readonly targets: Uint8Array | null;
  readonly release: () => void;
}

/** A stage in TensorFlow.js operations, with explicit forward and backward passes. */
export class TfjsStage implements Stage {
  readonly spec: StageSpec;
  private readonly scope: Scope;
  private readonly state: State;
  private readonly constants: Constants;
  private readonly objective: PlacedObjective | null;
  private readonly inputs: Inputs;
  private readonly passes = new Map<number, Pass>();
  private readonly releases: (() => void)[];
  private disposed = false;

  constructor(spec: StageSpec, scope: Scope) {
    this.spec = spec;
    this.scope = scope;
    const { ledger } = scope;
    const { source, objective } = spec;
    scope.enter();
    this.state = new State(spec, ledger);
    this.constants = new Constants(spec.optimizer);
    this.objective = objective && place(objective, this.constants);
    this.inputs = new Inputs(spec, ledger, this.constants);
    this.releases = [ledger.allocate('workspace', this.constants.bytes)];
    for (const end of [source, objective]) {
      const table = end && tableOf(end);
      if (table) this.releases.push(ledger.allocate('labels', 4 * table.classes * table.width));
      const fixed = end && fixedOf(end);
      if (fixed) this.releases.push(ledger.allocate('labels', fixed.parameters.byteLength));
    }
  }

  async load(split: Split, images: Uint8Array, labels: Uint8Array): Promise<void> {
    this.inputs.splits.load(split, images, labels);
  }

  async train({ batches, learningRates }: LocalTraining): Promise<LocalResult> {
    const { batch, source } = this.spec;
    if (this.spec.training !== 'local') {
      throw new EngineError('A stage that exchanges tensors does not train alone.');
    }
    const loaded = imagesOf(source) ? this.inputs.splits.held('train').labels.length : 0;
    const samples = checkBatches(this.spec, batches, learningRates.length, loaded);
    const losses = new Float32Array(learningRates.length);
    const correct = new Uint32Array(learningRates.length);
    for (let first = 0; first < learningRates.length; first += STEPS_IN_FLIGHT) {
      const last = Math.min(first + STEPS_IN_FLIGHT, learningRates.length);
      const results: tf.Tensor1D[] = [];
      for (let step = first; step < last; step++) {
        const from = step * batch;
        const to = Math.min(from + batch, samples);
        const result = this.pass(to - from, (sample) => {
          const { targets, ...input } = this.inputs.trained(batches, from, to, this.state.steps);
          return this.step(input, targets, learningRates[step], sample);
        });
        results.push(result);
      }
      const read = this.scope.run(() => tf.concat(results));
      tf.dispose(results);
      const values = await read.data<'float32'>();
      read.dispose();
      for (let step = first; step < last; step++) {
        losses[step] = values[2 * (step - first)];
        correct[step] = values[2 * (step - first) + 1];
      }
    }
    return { losses, correct };
  }

  async forward(microBatch: number, input: StageInput, want: { output?: boolean } = {}) {
    checkStarts(this.spec, microBatch, this.passes);
    const count = countOf(input);
    const { parameters } = this.state;
    const release = this.scope.ledger.allocate('activations', this.activationBytes(count));
    const { result, score } = this.scope.run(() => {
      const { x, targets } = this.inputs.read(input);
      const outputs = this.outputs(x, parameters);
      outputs.forEach((output) => tf.keep(output));
      this.passes.set(microBatch, { outputs, targets, release });
      const y = outputs[outputs.length - 1];
      return {
        result: !this.objective || want.output ? y : null,
        score: this.objective && scoreTensor(this.loss(outputs, x, targets, { correct: true })),
      };
    }, this.activationBytes(count));
    return {
      ...(result ? { output: Float32Array.from(await result.data<'float32'>()) } : {}),
      ...(score ? { score: await readScore([score], count) } : {}),
    };
  }

  async backward(microBatch: number, options: { gradient?: Float32Array; divisor: number }) {
    const { layers, source } = this.spec;
    const pass = passOf(this.passes, microBatch);
    const { gradients } = this.state;
    if (!this.objective && !options.gradient) {
      throw new EngineError('A stage without an objective needs the gradient of its output.');
    }
    this.passes.delete(microBatch);
    const { outputs, targets } = pass;
    const y = outputs[outputs.length - 1];
    const input = this.scope.run((sample) => {
      const dy = this.objective
        ? this.loss(outputs, outputs[0], targets, { divisor: options.divisor }).gradient!
        : tf.tensor2d(options.gradient!, y.shape);
      return this.backpropagate(outputs, dy, wantsInputGradient(source), sample, (index, gradient) =>
        gradients.replace(index, tf.add(gradients.at(index), gradient)),
      );
    });
    tf.dispose(outputs as tf.Tensor2D[]);
    pass.release();
    if (!input) return null;
    const values = Float32Array.from(await input.data<'float32'>());
    input.dispose();
    return values.subarray(0, y.shape[0] * inputSize(layers));
  }

  async optimizerStep(learningRate: number): Promise<void> {
    checkOwn(this.spec);
    const { gradients } = this.state;
    this.scope.run((sample) => {
      const scalars = this.nextStep(learningRate);
      for (let slot = 0; slot < gradients.slots; slot++) {
        tidy(() => {
          this.update(slot, gradients.at(slot), scalars);
          sample();
        });
      }
      gradients.clear();
    });
  }

  async infer(input: StageInput, want: { output?: boolean; score?: boolean }) {
    const count = countOf(input);
    const { layers, batch } = this.spec;
    const chunk = Math.max(batch, INFERENCE_CHUNK);
    const output = want.output ? new Float32Array(count * outputSize(layers)) : null;
    const scores: tf.Tensor1D[] = [];
    for (let from = 0; from < count; from += chunk) {
      const part = slice(input, from, Math.min(from + chunk, count));
      const { y, score } = this.pass(countOf(part), () => {
        const { x, seen, targets } = this.inputs.read(part);
        const all = this.outputs(x);
        const last = all[all.length - 1];
        return {
          y: output ? last : null,
          score: want.score
            ? scoreTensor(this.loss(all, seen, targets, { correct: true, plain: true }))
            : null,
        };
      });
      if (score) scores.push(score);
      if (y) {
        output!.set(await y.data<'float32'>(), from * outputSize(layers));
        y.dispose();
      }
    }
    return {
      ...(output ? { output } : {}),
      ...(want.score ? { score: await readScore(scores, count) } : {}),
    };
  }

  async look(input: StageInput, { gradients = false } = {}) {
    const { layers } = this.spec;
    const count = countOf(input);
    checkLook(this.spec, count, this.passes.size, gradients);
    const found = gradients ? new FlatTensors(layers) : null;
    try {
      const given = this.pass(count, (sample) => {
        const { x, targets } = this.inputs.read(input);
        const outputs = this.outputs(x);
        if (found) {
          const { gradient } = this.loss(outputs, x, targets, { divisor: count });
          this.backpropagate(outputs, gradient!, false, sample, (index, part) =>
            found.replace(index, tf.clone(part)),
          );
        }
        return outputs.slice(1);
      });
      const outputs = await Promise.all(
        given.map(async (y) => Float32Array.from(await y.data<'float32'>()).subarray(0, y.size)),
      );
      tf.dispose(given);
      if (!found) return { outputs };
      return { outputs, gradientNorms: normsByLayer(layers, await found.read()) };
    } finally {
      found?.dispose();
    }
  }

  async holdGathered(values: Float32Array, use: 'forward' | 'backward'): Promise<void> {
    checkGathered(this.spec, values);
    this.scope.enter();
    this.state.hold(values, use);
  }

  async release(): Promise<void> {
    checkReleases(this.spec);
    this.state.letGo();
  }

  async readParameters() {
    return this.state.parameters.read();
  }
  async writeParameters(values: Float32Array) {
    this.scope.enter();
    this.state.parameters.write(values);
  }
  async readGradients() {
    return this.state.gradients.read();
  }
  async writeGradients(values: Float32Array) {
    this.scope.enter();
    this.state.gradients.write(values);
  }
  async readOptimizer(): Promise<OptimizerState> {
    return this.state.readOptimizer();
  }
  async writeOptimizer(state: OptimizerState) {
    this.scope.enter();
    this.state.writeOptimizer(state);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.state.dispose();
    this.constants.dispose();
    if (this.objective) displace(this.objective);
    this.inputs.dispose();
    for (const { outputs, release } of this.passes.values()) {
      tf.dispose(outputs as tf.Tensor2D[]);
      release();
    }
    this.passes.clear();
    for (const release of this.releases) release();
  }

  /** Bytes of a forward pass that `backward` needs: the input and every layer's output. */
  private activationBytes(count: number): number {
    const { front, beside } = fixedLevels(this.spec);
    const units = [...levelSizes(this.spec.layers), ...front, ...beside];
    return 4 * count * units.reduce((sum, each) => sum + each, 0);
  }

  /** Runs work whose activations live only as long as itself. */
  private pass<T>(count: number, work: (sample: () => void) => T): T {
    const bytes = this.activationBytes(count);
    const release = this.scope.ledger.allocate('activations', bytes);
    try {
      return this.scope.run(work, bytes);
    } finally {
      release();
    }
  }

  /** One whole optimizer step; every weight gradient is used and freed before the next is made. */
  private step(
    { x, seen }: Input,
    targets: Uint8Array,
    learningRate: number,
    sample: () => void,
  ): tf.Tensor1D {
    const count = targets.length;
    const outputs = this.outputs(x);
    const { sum, correct, gradient } = this.loss(outputs, seen, targets, {
      divisor: count,
      correct: countsWhileTraining(this.spec.objective!),
    });
    const scalars = this.nextStep(learningRate);
    this.backpropagate(outputs, gradient!, false, sample, (index, weightGradient) =>
      this.update(index, weightGradient, scalars),
    );
    return scoreTensor({ sum: tf.div(sum, count), correct: correct ?? tf.zerosLike(sum) });
  }

  private nextStep(learningRate: number): StepScalars {
    const number = ++this.state.steps;
    return stepScalars(this.spec.optimizer, { learningRate, decay: this.spec.decay }, number);
  }

  private update(index: number, gradient: tf.Tensor, scalars: StepScalars): void {
    const { parameters, moments } = this.state;
    const before = moments.map((moment) => moment.at(index));
    const next = updated(parameters.at(index), gradient, before, scalars, this.constants);
    parameters.replace(index, next.parameter);
    next.moments.forEach((tensor, m) => moments[m].replace(index, tensor));
  }

  private outputs(x: tf.Tensor2D, parameters = this.state.parameters): tf.Tensor2D[] {
    const outputs = [x];
    this.spec.layers.forEach((layer, index) => {
      outputs.push(tfjsLayer(layer).forward(layer, parameters.layer(index), outputs[index], this.constants));
    });
    return outputs;
  }

  /** With the classes' weights, unless it is plainly scored. */
  private loss(
    outputs: readonly tf.Tensor2D[],
    seen: tf.Tensor2D | null,
    targets: Uint8Array | null,
    want: Omit<Wanted, 'weights'> & { readonly plain?: boolean },
  ): Loss {
    if (!this.objective) throw new EngineError('This stage has no objective, so it cannot score its output.');
    if (!targets) throw new EngineError('This stage scores its output, so it needs targets.');
    const { classWeights } = this.spec;
    const weights =
      classWeights && !want.plain ? Float32Array.from(targets, (target) => classWeights[target]) : undefined;
    return lossOf(this.objective, seen, outputs[outputs.length - 1], targets, { ...want, weights });
  }

  /**
   * Hands each parameter gradient to `use` (slot as in `FlatTensors`), last layer first, and frees it.
   * @returns ∂loss/∂input, if wanted.
   */
  private backpropagate(
    outputs: readonly tf.Tensor2D[],
    gradient: tf.Tensor2D,
    wantInput: boolean,
    sample: () => void,
    use: (index: number, gradient: tf.Tensor) => void,
  ): tf.Tensor2D | null {
    const { parameters } = this.state;
    let dy: tf.Tensor2D | null = gradient;
    for (let index = this.spec.layers.length - 1; index >= 0; index--) {
      dy = tidy(() => {
        const [x, y] = [outputs[index], outputs[index + 1]];
        const layer = this.spec.layers[index];
        const own = parameters.layer(index);
        const further = index > 0 || wantInput;
        const result = tfjsLayer(layer).backward(layer, own, x, y, dy!, this.constants, further);
        Object.keys(own).forEach((name, i) => use(parameters.firstOf(index) + i, result.parameters[name]));
        sample();
        return result.input;
      });
    }
    return dy;
  }
}
