import { outputSize } from '../../network/layers/layers.ts';
import { Queue } from '../../messages/queue.ts';
import {
  checkBatches,
  checkGathered,
  checkLength,
  checkLook,
  checkOwn,
  checkReleases,
  checkStarts,
  NOT_GATHERED,
  passOf,
} from '../checks.ts';
import type {
  LocalResult,
  LocalTraining,
  Look,
  OptimizerState,
  Score,
  Split,
  Stage,
  StageInput,
  StageSpec,
} from '../contract.ts';
import { countOf, imagesOf, wantsInputGradient } from '../ends.ts';
import { EngineError } from '../errors.ts';
import { normsByLayer } from '../norms.ts';
import { StageBuffers } from './buffers.ts';
import type { GpuDevice } from './gpu-device.ts';
import { levels, MOST_STEPS, type Buffers } from './memory.ts';
import { Passes, sumScores } from './passes.ts';
import type { StagePlan } from './plan.ts';
import { Splits } from './splits.ts';

/** A submission should take about this long: a screen shares the card, and a software adapter shares the processor. */
const SUBMISSION_MS = 120;

/** Makes a stage's plan from its buffers; a gathered stage makes one each time it gets parameters. */
export type Planner = (spec: StageSpec, buffers: Buffers) => Promise<StagePlan>;

/** A stage on the graphics card: checks what is asked, takes one thing after the other, and speaks the contract. */
export class WebgpuStage implements Stage {
  readonly spec: StageSpec;
  private readonly gpu: GpuDevice;
  private readonly buffers: StageBuffers;
  private readonly splits: Splits;
  private readonly passes: Passes;
  private readonly planned: Planner;
  private readonly onDispose: () => void;
  /** Samples of each micro-batch in flight. */
  private readonly flying = new Map<number, number>();
  /** Steps of one submission, from how long the last ones took. */
  private pace = 2;
  private readonly queue = new Queue();
  private disposed = false;

  private constructor(
    gpu: GpuDevice,
    spec: StageSpec,
    buffers: StageBuffers,
    planned: Planner,
    plan: StagePlan | null,
    onDispose: () => void,
  ) {
    this.gpu = gpu;
    this.spec = spec;
    this.buffers = buffers;
    this.splits = new Splits(gpu, spec, buffers);
    this.passes = new Passes(gpu, spec, buffers, this.splits, plan);
    this.planned = planned;
    this.onDispose = onDispose;
  }

  /** Allocates and compiles everything, or keeps nothing. */
  static async create(
    gpu: GpuDevice,
    spec: StageSpec,
    planned: Planner,
    onDispose: () => void,
  ): Promise<WebgpuStage> {
    const buffers = await StageBuffers.allocate(gpu, spec);
    try {
      const plan = spec.training === 'gathered' ? null : await planned(spec, buffers.all);
      buffers.fill();
      return new WebgpuStage(gpu, spec, buffers, planned, plan, onDispose);
    } catch (error) {
      buffers.free();
      throw error;
    }
  }

  load(split: Split, images: Uint8Array, labels: Uint8Array): Promise<void> {
    return this.inOrder(() => this.splits.load(split, images, labels));
  }

  train({ batches, learningRates }: LocalTraining): Promise<LocalResult> {
    return this.inOrder(async () => {
      const { spec } = this;
      if (spec.training !== 'local')
        throw new EngineError('A stage that exchanges tensors does not train alone.');
      const loaded = imagesOf(spec.source) ? this.splits.at('train').count : 0;
      const samples = checkBatches(spec, batches, learningRates.length, loaded);
      const losses = new Float32Array(learningRates.length);
      const correct = new Uint32Array(learningRates.length);
      let from = 0;
      while (from < learningRates.length) {
        const to = Math.min(learningRates.length, from + this.pace);
        const started = performance.now();
        const scores = await this.passes.train({ batches, samples, learningRates, from, to });
        const each = (performance.now() - started) / (to - from);
        this.pace = Math.max(1, Math.min(MOST_STEPS, 2 * this.pace, Math.round(SUBMISSION_MS / each)));
        for (let step = from; step < to; step++) {
          const count = Math.min(spec.batch, samples - step * spec.batch);
          const score = sumScores(scores, (step - from) * spec.batch, count);
          losses[step] = score.loss / count;
          correct[step] = score.correct;
        }
        from = to;
      }
      return { losses, correct };
    });
  }

  forward(
    microBatch: number,
    input: StageInput,
    want: { output?: boolean } = {},
  ): Promise<{ output?: Float32Array; score?: Score }> {
    return this.inOrder(async () => {
      const { training, objective } = this.spec;
      if (training === 'local')
        throw new EngineError('A stage that trains alone has no forward pass to share.');
      checkStarts(this.spec, microBatch, this.flying);
      const count = countOf(input);
      checkLength('samples or fewer in a micro-batch', Math.max(count, this.spec.batch), this.spec.batch);
      const output = !objective || want.output === true;
      const result = await this.passes.forward(input, 0, count, microBatch, { output, score: !!objective });
      this.flying.set(microBatch, count);
      return result;
    });
  }

  backward(
    microBatch: number,
    { gradient, divisor }: { gradient?: Float32Array; divisor: number },
  ): Promise<Float32Array | null> {
    return this.inOrder(async () => {
      const { objective, source, layers } = this.spec;
      const count = passOf(this.flying, microBatch);
      if (!this.buffers.has('gradients')) throw new EngineError(NOT_GATHERED);
      this.flying.delete(microBatch);
      if (!objective) {
        if (!gradient) throw new EngineError('A stage without an objective needs its output’s gradient.');
        this.buffers.writeRows('delta 0', gradient, count, outputSize(layers));
      }
      return this.passes.backward(microBatch, count, divisor, wantsInputGradient(source));
    });
  }

  optimizerStep(learningRate: number): Promise<void> {
    return this.inOrder(async () => {
      checkOwn(this.spec);
      this.passes.apply(learningRate);
    });
  }

  infer(
    input: StageInput,
    want: { output?: boolean; score?: boolean },
  ): Promise<{ output?: Float32Array; score?: Score }> {
    return this.inOrder(async () => {
      if (this.flying.has(0)) throw new EngineError('Inference would overwrite a micro-batch in flight.');
      if (want.score && !this.spec.objective)
        throw new EngineError('This stage has no objective to score with.');
      const count = countOf(input);
      const { batch, layers } = this.spec;
      const width = outputSize(layers);
      const output = want.output ? new Float32Array(count * width) : null;
      const score = { loss: 0, correct: 0, count };
      for (let from = 0; from < count; from += batch) {
        const size = Math.min(batch, count - from);
        const part = await this.passes.forward(input, from, size, 0, { ...want, plain: true }, 'looking');
        if (output && part.output) output.set(part.output, from * width);
        score.loss += part.score?.loss ?? 0;
        score.correct += part.score?.correct ?? 0;
      }
      return { ...(output ? { output } : {}), ...(want.score ? { score } : {}) };
    });
  }

  look(input: StageInput, { gradients = false } = {}): Promise<Look> {
    return this.inOrder(async () => {
      const { buffers, passes } = this;
      const { layers } = this.spec;
      const count = countOf(input);
      checkLook(this.spec, count, this.flying.size, gradients);
      await passes.forward(input, 0, count, 0, { score: gradients }, 'looking');
      const outputs = await Promise.all(
        levels(this.spec)
          .slice(1)
          .map((width, index) => buffers.readRows(`level ${index + 1} of 0`, count, width, 'looking')),
      );
      if (!gradients) return { outputs };
      const kept = await buffers.readFlat('gradients', 'looking');
      buffers.writeFlat('gradients', new Float32Array(kept.length));
      await passes.backward(0, count, count, false);
      const gradientNorms = normsByLayer(layers, await buffers.readFlat('gradients', 'looking'));
      buffers.writeFlat('gradients', kept);
      return { outputs, gradientNorms };
    });
  }

  holdGathered(values: Float32Array, use: 'forward' | 'backward'): Promise<void> {
    return this.inOrder(async () => {
      checkGathered(this.spec, values);
      this.passes.plan = null;
      await this.buffers.hold(values, use);
      this.passes.plan = await this.planned(this.spec, this.buffers.all);
    });
  }

  release(): Promise<void> {
    return this.inOrder(async () => {
      checkReleases(this.spec);
      this.passes.plan = null;
      this.buffers.letGo();
    });
  }

  readParameters(): Promise<Float32Array<ArrayBuffer>> {
    return this.inOrder(() => this.buffers.readFlat('parameters', 'looking'));
  }

  writeParameters(values: Float32Array): Promise<void> {
    return this.inOrder(async () => this.buffers.writeFlat('parameters', values));
  }

  readGradients(): Promise<Float32Array<ArrayBuffer>> {
    return this.inOrder(() => this.buffers.readFlat('gradients'));
  }

  writeGradients(values: Float32Array): Promise<void> {
    return this.inOrder(async () => this.buffers.writeFlat('gradients', values));
  }

  readOptimizer(): Promise<OptimizerState> {
    return this.inOrder(async () => {
      const { buffers, passes } = this;
      const moments = await Promise.all(buffers.moments.map((name) => buffers.readFlat(name)));
      return { step: passes.steps, moments };
    });
  }

  writeOptimizer({ step, moments }: OptimizerState): Promise<void> {
    return this.inOrder(async () => {
      this.passes.steps = step;
      moments.forEach((values, index) => this.buffers.writeFlat(`moment ${index}`, values));
    });
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.splits.free();
    this.buffers.free();
    this.onDispose();
  }

  /** Calls on one stage happen one after the other, in the order they were made. */
  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    return this.queue.add(() => {
      if (this.disposed) throw new EngineError('This stage has been released.');
      this.gpu.check();
      return work();
    });
  }
}
