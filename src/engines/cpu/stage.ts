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
import { aimsAtImages, countsWhileTraining, wantsInputGradient } from '../ends.ts';
import { EngineError } from '../errors.ts';
import { normsByLayer } from '../norms.ts';
import { countParameters, inputSize, outputSize } from '../../network/layers/layers.ts';
import {
  checkBatches,
  checkBelow,
  checkGathered,
  checkLength,
  checkLook,
  checkOwn,
  checkReadsImages,
  checkReleases,
  checkSpec,
  checkStarts,
  loadedOf,
  passOf,
  targetClasses,
} from '../checks.ts';
import type { Heap } from './heap.ts';
import type { Kernels } from './kernels.ts';
import { passBlocks, splitBlocks } from './memory.ts';
import type { HeldSplit, Levels } from './blocks.ts';
import { Network } from './network.ts';
import { Pacer } from '../../messages/pause.ts';
import { Queue } from '../../messages/queue.ts';

/** What `backward` must know of a forward pass. */
interface InFlight {
  readonly count: number;
  /** Kept only where the stage has an objective. */
  readonly targets: Uint8Array | null;
}

/**
 * A stage on the CPU. Calls on one stage run one after another, in the order they were made; long ones let the thread
 * handle its messages now and then (`pause.ts`), so calls on other stages may run in between.
 */
export class CpuStage implements Stage {
  readonly spec: StageSpec;
  private readonly heap: Heap;
  private readonly network: Network;
  private readonly splits = new Map<Split, HeldSplit>();
  private readonly onDispose: () => void;
  private readonly inFlight = new Map<number, InFlight>();
  private steps = 0;
  private disposed = false;
  private readonly queue = new Queue();

  constructor(spec: StageSpec, heap: Heap, kernels: Kernels, onDispose: () => void) {
    checkSpec(spec);
    this.spec = spec;
    this.heap = heap;
    this.onDispose = onDispose;
    this.network = new Network(spec, heap, kernels);
  }

  load(split: Split, images: Uint8Array, labels: Uint8Array): Promise<void> {
    return this.next(async () => {
      const { pixels } = checkReadsImages(this.spec);
      checkLength('bytes of images', images.length, labels.length * pixels);
      checkBelow('Labels', labels, targetClasses(this.spec));
      this.unload(split);
      const blocks = splitBlocks(labels.length, pixels);
      const held = { images: this.heap.allocate(blocks.images) };
      try {
        const all = { ...held, labels: this.heap.allocate(blocks.labels), count: labels.length };
        this.heap.bytes(all.images).set(images);
        this.heap.bytes(all.labels).set(labels);
        this.splits.set(split, all);
      } catch (error) {
        held.images.free();
        throw error;
      }
    });
  }

  train({ batches, learningRates }: LocalTraining): Promise<LocalResult> {
    return this.next(async () => {
      const { batch, objective } = this.spec;
      if (!objective) throw new EngineError('A stage without an objective cannot train by itself.');
      const split = batches.kind === 'images' ? this.split('train') : null;
      const samples = checkBatches(this.spec, batches, learningRates.length, split?.count ?? 0);
      const losses = new Float32Array(learningRates.length);
      const correct = new Uint32Array(learningRates.length);
      const levels = this.freePass();
      const pacer = new Pacer();
      for (let step = 0; step < learningRates.length; step++) {
        const from = step * batch;
        const to = Math.min(from + batch, samples);
        const count = to - from;
        if (batches.kind === 'images') {
          this.network.inputs.gather(levels, split!, batches.order.subarray(from, to), this.steps);
        } else this.network.inputs.mix(levels, batches, from, to, this.steps);
        this.network.forward(levels, count);
        if (countsWhileTraining(objective)) correct[step] = this.network.scores.correct(levels, count);
        losses[step] = this.network.scores.loss(levels, count, count) / count;
        this.network.backward(levels, count, { learningRate: learningRates[step], number: ++this.steps });
        await this.pause(pacer);
      }
      return { losses, correct };
    });
  }

  forward(
    microBatch: number,
    input: StageInput,
    want: { output?: boolean } = {},
  ): Promise<{ output?: Float32Array; score?: Score }> {
    return this.next(async () => {
      this.checkExchange();
      checkStarts(this.spec, microBatch, this.inFlight);
      const count = this.check(input);
      if (count > this.spec.batch) {
        throw new EngineError(
          `A micro-batch of ${count} samples is more than this stage's ${this.spec.batch}.`,
        );
      }
      const levels = this.network.blocks.passes[microBatch];
      const scored = this.spec.objective !== null;
      const result = this.run(levels, input, 0, count, scored, true);
      if (scored && !result.targets) throw new EngineError(NO_TARGETS);
      this.inFlight.set(microBatch, { count, targets: scored ? result.targets : null });
      const { score } = result;
      if (score && !want.output) return { score };
      const { layers } = this.spec;
      const output = new Float32Array(count * this.outputs);
      this.network.output(levels, layers.length, count, output);
      return score ? { output, score } : { output };
    });
  }

  backward(
    microBatch: number,
    options: { gradient?: Float32Array; divisor: number },
  ): Promise<Float32Array | null> {
    return this.next(async () => {
      this.checkExchange();
      const pass = passOf(this.inFlight, microBatch);
      this.network.blocks.block('gradients');
      const { count, targets } = pass;
      const levels = this.network.blocks.passes[microBatch];
      if (targets) {
        this.network.inputs.setTargets(targets);
        this.network.scores.loss(levels, count, options.divisor);
      } else {
        checkLength(
          'numbers in the gradient of the output',
          options.gradient?.length ?? 0,
          count * this.outputs,
        );
        this.network.scores.setGradient(options.gradient!, count);
      }
      this.inFlight.delete(microBatch);
      this.network.backward(levels, count, null);
      return wantsInputGradient(this.spec.source) ? this.network.inputGradient(count) : null;
    });
  }

  optimizerStep(learningRate: number): Promise<void> {
    return this.next(async () => {
      this.checkExchange();
      checkOwn(this.spec);
      this.network.apply({ learningRate, number: ++this.steps });
    });
  }

  infer(
    input: StageInput,
    want: { output?: boolean; score?: boolean },
  ): Promise<{ output?: Float32Array; score?: Score }> {
    return this.next(async () => {
      const count = this.check(input);
      const scored = want.score === true && this.spec.objective !== null;
      const output = want.output ? new Float32Array(count * this.outputs) : null;
      const sum = { loss: 0, correct: 0, count };
      const { levels, release } = this.spareLevels();
      try {
        const pacer = new Pacer();
        for (let from = 0; from < count; from += this.spec.batch) {
          const to = Math.min(from + this.spec.batch, count);
          const { score } = this.run(levels, input, from, to, scored, false);
          if (scored && !score) throw new EngineError(NO_TARGETS);
          sum.loss += score?.loss ?? 0;
          sum.correct += score?.correct ?? 0;
          if (output)
            this.network.output(
              levels,
              this.spec.layers.length,
              to - from,
              output.subarray(from * this.outputs),
            );
          await this.pause(pacer);
        }
      } finally {
        release();
      }
      return { ...(output ? { output } : {}), ...(scored ? { score: sum } : {}) };
    });
  }

  look(input: StageInput, { gradients = false } = {}): Promise<Look> {
    return this.next(async () => {
      const { layers } = this.spec;
      const count = this.check(input);
      checkLook(this.spec, count, this.inFlight.size, gradients);
      const levels = this.freePass();
      const { score } = this.run(levels, input, 0, count, gradients, true);
      if (gradients && !score) throw new EngineError(NO_TARGETS);
      const outputs = layers.map((layer, index) => {
        const rows = new Float32Array(count * outputSize([layer]));
        this.network.output(levels, index + 1, count, rows);
        return rows;
      });
      if (!gradients) return { outputs };
      const kept = this.network.blocks.read('gradients');
      this.network.blocks.write('gradients', new Float32Array(kept.length));
      this.network.scores.loss(levels, count, count);
      this.network.backward(levels, count, null);
      const gradientNorms = normsByLayer(layers, this.network.blocks.read('gradients'));
      this.network.blocks.write('gradients', kept);
      return { outputs, gradientNorms };
    });
  }

  holdGathered(values: Float32Array, use: 'forward' | 'backward'): Promise<void> {
    return this.next(async () => {
      checkGathered(this.spec, values);
      this.network.blocks.holdGathered(values, use);
    });
  }

  release(): Promise<void> {
    return this.next(async () => {
      checkReleases(this.spec);
      this.network.blocks.release();
    });
  }

  readParameters(): Promise<Float32Array<ArrayBuffer>> {
    return this.next(async () => this.network.blocks.read('parameters'));
  }

  writeParameters(values: Float32Array): Promise<void> {
    return this.next(async () => {
      this.checkFlat('parameters', values);
      this.network.blocks.write('parameters', values);
    });
  }

  readGradients(): Promise<Float32Array<ArrayBuffer>> {
    return this.next(async () => this.network.blocks.read('gradients'));
  }

  writeGradients(values: Float32Array): Promise<void> {
    return this.next(async () => {
      this.checkFlat('gradients', values);
      this.network.blocks.write('gradients', values);
    });
  }

  readOptimizer(): Promise<OptimizerState> {
    return this.next(async () => ({
      step: this.steps,
      moments: this.network.blocks.moments.map((_, moment) => this.network.blocks.read({ moment })),
    }));
  }

  writeOptimizer({ step, moments }: OptimizerState): Promise<void> {
    return this.next(async () => {
      checkLength('optimizer moments', moments.length, this.network.blocks.moments.length);
      moments.forEach((values) => this.checkFlat('numbers in a moment', values));
      this.steps = step;
      moments.forEach((values, moment) => this.network.blocks.write({ moment }, values));
    });
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.unload('train');
    this.unload('test');
    this.network.blocks.free();
    this.onDispose();
  }

  private get outputs(): number {
    return outputSize(this.spec.layers);
  }

  /** Runs `work` when the calls before it have ended. */
  private next<T>(work: () => Promise<T>): Promise<T> {
    return this.queue.add(() => {
      this.checkAlive();
      return work();
    });
  }

  private async pause(pacer: Pacer): Promise<void> {
    await pacer.pause();
    this.checkAlive();
  }

  private checkAlive(): void {
    if (this.disposed) throw new EngineError('This stage was released; build a new one to go on.');
  }

  private checkExchange(): void {
    if (this.spec.training === 'local') {
      throw new EngineError(
        'A stage built for local training cannot exchange; build it with training "exchange".',
      );
    }
  }

  private checkFlat(what: string, values: Float32Array): void {
    checkLength(what, values.length, countParameters(this.spec.layers));
  }

  private split(name: Split): HeldSplit {
    return loadedOf(this.splits, name);
  }

  private unload(name: Split): void {
    const split = this.splits.get(name);
    split?.images.free();
    split?.labels.free();
    this.splits.delete(name);
  }

  /** Checks an input; returns how many samples it has. */
  private check(input: StageInput): number {
    if (input.kind === 'images') {
      checkReadsImages(this.spec);
      checkBelow('Image numbers', input.order, this.split(input.split).count);
      return input.order.length;
    }
    checkLength('numbers of input', input.values.length, input.count * inputSize(this.spec.layers));
    if (input.targets) {
      checkLength('targets', input.targets.length, input.count);
      checkBelow('Target classes', input.targets, targetClasses(this.spec));
    }
    return input.count;
  }

  /** Forward of samples `from … to` of an input, with their score where it is wanted and has targets. */
  private run(
    levels: Levels,
    input: StageInput,
    from: number,
    to: number,
    scored: boolean,
    weighted: boolean,
  ) {
    const count = to - from;
    let targets: Uint8Array | null;
    if (input.kind === 'images') {
      this.network.inputs.gather(levels, this.split(input.split), input.order.subarray(from, to), null);
      targets = scored ? this.network.inputs.readTargets(count) : null;
    } else {
      const inputs = inputSize(this.spec.layers);
      this.network.inputs.setInput(levels, input.values.subarray(from * inputs, to * inputs), count);
      targets = input.targets?.subarray(from, to) ?? null;
      if (targets) this.network.inputs.setTargets(targets);
    }
    this.network.forward(levels, count);
    if (!scored || !targets) return { targets, score: null };
    const correct = this.network.scores.correct(levels, count);
    const aimed = input.kind === 'images' || !aimsAtImages(this.spec);
    const loss = aimed ? this.network.scores.loss(levels, count, 1, weighted) : NaN;
    return { targets: targets.slice(), score: { loss, correct, count } };
  }

  /** A pass that no micro-batch is using, if there is one. */
  private freePass(): Levels {
    const free = this.network.blocks.passes.findIndex((_, microBatch) => !this.inFlight.has(microBatch));
    if (free < 0) throw new EngineError('Every micro-batch of this stage is in flight; finish one first.');
    return this.network.blocks.passes[free];
  }

  /** A free pass, or one made for the moment where every micro-batch is in flight. */
  private spareLevels(): { levels: Levels; release: () => void } {
    if (this.inFlight.size < this.network.blocks.passes.length)
      return { levels: this.freePass(), release: () => undefined };
    const levels = passBlocks(this.spec).map((block) => this.heap.allocate(block));
    return { levels, release: () => levels.forEach((level) => level.free()) };
  }
}

const NO_TARGETS = 'This stage scores its output, so it needs targets.';
