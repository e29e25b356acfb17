import { aimsAtImages, fixedOf, imagesOf, tableOf, wantsInputGradient } from '../ends.ts';
import { OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { countParameters } from '../../network/layers/layers.ts';
import {
  checkBatches,
  checkBelow,
  checkGathered,
  checkLength,
  checkLook,
  checkOwn,
  checkReadsImages,
  NOT_GATHERED,
  targetClasses,
} from '../checks.ts';
import {
  MIXTURE,
  type Batches,
  type LocalResult,
  type LocalTraining,
  type Look,
  type OptimizerState,
  type Score,
  type Split,
  type Stage,
  type StageInput,
  type StageSpec,
} from '../contract.ts';
import { EngineError } from '../errors.ts';
import { normsByLayer } from '../norms.ts';
import type { HeldKind } from '../ledger.ts';
import type { Dispatch } from './dispatch.ts';
import type { GpuDevice } from './gpu-device.ts';
import {
  bufferPlans,
  gatheredPlans,
  levels,
  MOST_STEPS,
  slotCount,
  splitPlan,
  STEP_STRIDE,
} from './memory.ts';
import { padded } from './padding.ts';
import { planImages, type Buffers, type StagePlan } from './plan.ts';
import { packSteps, type StepNumbers } from './steps.ts';

/** A submission should take about this long: a screen shares the card, and a software adapter shares the processor. */
const SUBMISSION_MS = 120;

/** Makes a stage's plan from its buffers; a gathered stage makes one each time it gets parameters. */
export type Planner = (spec: StageSpec, buffers: Buffers) => Promise<StagePlan>;

/** A split on the device: its buffers, how many images, and the gather into each slot. */
interface LoadedSplit {
  readonly buffers: Buffers;
  readonly count: number;
  readonly gather: readonly Dispatch[];
}

export class WebgpuStage implements Stage {
  readonly spec: StageSpec;
  private readonly gpu: GpuDevice;
  private readonly buffers: Map<string, GPUBuffer>;
  private readonly planned: Planner;
  /** Null while a gathered stage has no parameters. */
  private plan: StagePlan | null;
  private readonly splits = new Map<Split, LoadedSplit>();
  private readonly onDispose: () => void;
  /** Samples of each micro-batch in flight. */
  private readonly flying = new Map<number, number>();
  private steps = 0;
  /** Steps of one submission, from how long the last ones took. */
  private pace = 2;
  private queue: Promise<unknown> = Promise.resolve();
  private disposed = false;

  private constructor(
    gpu: GpuDevice,
    spec: StageSpec,
    buffers: Map<string, GPUBuffer>,
    planned: Planner,
    plan: StagePlan | null,
    onDispose: () => void,
  ) {
    this.gpu = gpu;
    this.spec = spec;
    this.buffers = buffers;
    this.planned = planned;
    this.plan = plan;
    this.onDispose = onDispose;
    if (spec.training !== 'gathered') gpu.write(this.at('parameters'), Float32Array.from(spec.parameters));
    for (const [name, end] of [
      ['source table', spec.source],
      ['objective table', spec.objective],
    ] as const) {
      const table = end && tableOf(end);
      if (table) gpu.write(this.at(name), Float32Array.from(table.values));
    }
    if (spec.classWeights) gpu.write(this.at('class weights'), Float32Array.from(spec.classWeights));
    for (const [name, end] of [
      ['front', spec.source],
      ['aims', spec.objective],
    ] as const) {
      const fixed = end && fixedOf(end);
      if (fixed) gpu.write(this.at(name), Float32Array.from(fixed.parameters));
    }
  }

  /** Allocates and compiles everything, or keeps nothing. */
  static async create(
    gpu: GpuDevice,
    spec: StageSpec,
    planned: Planner,
    onDispose: () => void,
  ): Promise<WebgpuStage> {
    const buffers = await gpu.allocate(bufferPlans(spec));
    try {
      const plan = spec.training === 'gathered' ? null : await planned(spec, buffers);
      return new WebgpuStage(gpu, spec, buffers, planned, plan, onDispose);
    } catch (error) {
      for (const buffer of buffers.values()) gpu.free(buffer);
      throw error;
    }
  }

  load(split: Split, images: Uint8Array, labels: Uint8Array): Promise<void> {
    return this.inOrder(async () => {
      const { pixels } = checkReadsImages(this.spec);
      checkLength('bytes of images', images.length, labels.length * pixels);
      this.unload(split);
      const buffers = await this.gpu.allocate(splitPlan(images.length, labels.length));
      const slots = Array.from({ length: slotCount(this.spec) }, (_, slot) =>
        planImages(this.gpu, this.spec, this.buffers, buffers, slot),
      );
      this.splits.set(split, { buffers, count: labels.length, gather: await Promise.all(slots) });
      this.writeBytes(buffers.get('images')!, images);
      this.writeBytes(buffers.get('labels')!, labels);
    });
  }

  train({ batches, learningRates }: LocalTraining): Promise<LocalResult> {
    return this.inOrder(async () => {
      const { spec } = this;
      if (spec.training !== 'local')
        throw new EngineError('A stage that exchanges tensors does not train alone.');
      const loaded = imagesOf(spec.source) ? this.split('train').count : 0;
      const samples = checkBatches(spec, batches, learningRates.length, loaded);
      const losses = new Float32Array(learningRates.length);
      const correct = new Uint32Array(learningRates.length);
      let from = 0;
      while (from < learningRates.length) {
        const to = Math.min(learningRates.length, from + this.pace);
        const started = performance.now();
        const scores = await this.submit(batches, samples, learningRates, from, to);
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
      const { inFlight = 1, training, objective } = this.spec;
      if (training === 'local')
        throw new EngineError('A stage that trains alone has no forward pass to share.');
      if (this.flying.has(microBatch) || microBatch >= inFlight) {
        throw new EngineError(
          `Micro-batch ${microBatch} cannot start: at most ${inFlight} may be in flight, each once.`,
        );
      }
      const count = countOf(input);
      checkLength('samples or fewer in a micro-batch', Math.max(count, this.spec.batch), this.spec.batch);
      const output = !objective || want.output === true;
      const result = await this.pass(input, 0, count, microBatch, { output, score: !!objective });
      this.flying.set(microBatch, count);
      return result;
    });
  }

  backward(
    microBatch: number,
    { gradient, divisor }: { gradient?: Float32Array; divisor: number },
  ): Promise<Float32Array | null> {
    return this.inOrder(async () => {
      const { objective, source } = this.spec;
      const count = this.flying.get(microBatch);
      if (count === undefined)
        throw new EngineError(`Micro-batch ${microBatch} has no forward pass to go back through.`);
      if (!this.buffers.has('gradients')) throw new EngineError(NOT_GATHERED);
      this.flying.delete(microBatch);
      const units = levels(this.spec);
      if (!objective) {
        if (!gradient) throw new EngineError('A stage without an objective needs its output’s gradient.');
        this.writeRows(this.at('delta 0'), gradient, count, units[units.length - 1]);
      }
      const { inputGradientIn } = this.runnable.slots[microBatch];
      const encoder = this.encodeBackward(microBatch, count, divisor);
      if (!wantsInputGradient(source)) {
        this.gpu.submit(encoder);
        return null;
      }
      const bytes = 4 * count * padded(units[0]);
      const back = this.gpu.readBack(bytes);
      encoder.copyBufferToBuffer(this.at(`delta ${inputGradientIn}`), 0, back, 0, bytes);
      this.gpu.submit(encoder);
      return unpad(new Float32Array(await this.gpu.take(back)), count, units[0]);
    });
  }

  optimizerStep(learningRate: number): Promise<void> {
    return this.inOrder(async () => {
      checkOwn(this.spec);
      const { apply } = this.runnable;
      if (!apply) throw new EngineError('A stage that trains alone has no gradients to apply.');
      this.gpu.submit(this.encode([this.stepNumbers(learningRate, 1, 0)], (pass) => apply.encode(pass, 1)));
      this.steps++;
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
      const { batch } = this.spec;
      const units = levels(this.spec);
      const width = units[units.length - 1];
      const output = want.output ? new Float32Array(count * width) : null;
      const score = { loss: 0, correct: 0, count };
      for (let from = 0; from < count; from += batch) {
        const size = Math.min(batch, count - from);
        const part = await this.pass(input, from, size, 0, { ...want, plain: true }, 'looking');
        if (output && part.output) output.set(part.output, from * width);
        score.loss += part.score?.loss ?? 0;
        score.correct += part.score?.correct ?? 0;
      }
      return { ...(output ? { output } : {}), ...(want.score ? { score } : {}) };
    });
  }

  look(input: StageInput, { gradients = false } = {}): Promise<Look> {
    return this.inOrder(async () => {
      const { layers } = this.spec;
      const count = countOf(input);
      checkLook(this.spec, count, this.flying.size, gradients);
      await this.pass(input, 0, count, 0, { score: gradients }, 'looking');
      const units = levels(this.spec).slice(1);
      const outputs = await Promise.all(
        units.map(async (width, index) => {
          const bytes = 4 * count * padded(width);
          const rows = await this.gpu.read(this.at(`level ${index + 1} of 0`), bytes, 'looking');
          return unpad(new Float32Array(rows), count, width);
        }),
      );
      if (!gradients) return { outputs };
      const kept = await this.readFloats('gradients', 'looking');
      this.writeFloats('gradients', new Float32Array(kept.length));
      this.gpu.submit(this.encodeBackward(0, count, count));
      const gradientNorms = normsByLayer(layers, await this.readFloats('gradients', 'looking'));
      this.writeFloats('gradients', kept);
      return { outputs, gradientNorms };
    });
  }

  holdGathered(values: Float32Array, use: 'forward' | 'backward'): Promise<void> {
    return this.inOrder(async () => {
      checkGathered(this.spec, values);
      this.takeBack();
      const gathered = await this.gpu.allocate(gatheredPlans(this.spec, use));
      for (const [name, buffer] of gathered) this.buffers.set(name, buffer);
      this.writeFloats('parameters', values);
      this.plan = await this.planned(this.spec, this.buffers);
    });
  }

  release(): Promise<void> {
    return this.inOrder(async () => {
      if (this.spec.training !== 'gathered') throw new EngineError('Only what was gathered can be released.');
      this.takeBack();
    });
  }

  readParameters(): Promise<Float32Array<ArrayBuffer>> {
    return this.inOrder(() => this.readFloats('parameters', 'looking'));
  }

  writeParameters(values: Float32Array): Promise<void> {
    return this.inOrder(async () => this.writeFloats('parameters', values));
  }

  readGradients(): Promise<Float32Array<ArrayBuffer>> {
    return this.inOrder(() => this.readFloats('gradients'));
  }

  writeGradients(values: Float32Array): Promise<void> {
    return this.inOrder(async () => this.writeFloats('gradients', values));
  }

  readOptimizer(): Promise<OptimizerState> {
    return this.inOrder(async () => {
      const names = [...this.buffers.keys()].filter((name) => name.startsWith('moment '));
      return { step: this.steps, moments: await Promise.all(names.map((name) => this.readFloats(name))) };
    });
  }

  writeOptimizer({ step, moments }: OptimizerState): Promise<void> {
    return this.inOrder(async () => {
      this.steps = step;
      moments.forEach((values, index) => this.writeFloats(`moment ${index}`, values));
    });
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const split of [...this.splits.keys()]) this.unload(split);
    for (const buffer of this.buffers.values()) this.gpu.free(buffer);
    this.onDispose();
  }

  /** Calls on one stage happen one after the other, in the order they were made. */
  private inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(() => {
      if (this.disposed) throw new EngineError('This stage has been released.');
      this.gpu.check();
      return work();
    });
    this.queue = result.catch(() => {});
    return result;
  }

  private get runnable(): StagePlan {
    if (!this.plan) throw new EngineError(NOT_GATHERED);
    return this.plan;
  }

  private takeBack(): void {
    for (const name of ['parameters', 'gradients']) {
      const buffer = this.buffers.get(name);
      if (buffer) this.gpu.free(buffer);
      this.buffers.delete(name);
    }
    this.plan = null;
  }

  private at(name: string): GPUBuffer {
    const buffer = this.buffers.get(name);
    if (!buffer && this.spec.training === 'gathered') throw new EngineError(NOT_GATHERED);
    if (!buffer) throw new EngineError(`This stage has no ${name}.`);
    return buffer;
  }

  private split(name: Split): LoadedSplit {
    const split = this.splits.get(name);
    if (!split) throw new EngineError(`The ${name} images are not on this device: load them first.`);
    return split;
  }

  private unload(name: Split): void {
    for (const buffer of this.splits.get(name)?.buffers.values() ?? []) this.gpu.free(buffer);
    this.splits.delete(name);
  }

  /** Runs steps `from` … `to − 1` of a request in one submission; returns two floats per sample. */
  private async submit(
    batches: Batches,
    samples: number,
    learningRates: Float32Array,
    from: number,
    to: number,
  ): Promise<Float32Array> {
    const { batch } = this.spec;
    const { slots, front } = this.runnable;
    const [slot] = slots;
    const start = from * batch;
    const end = Math.min(to * batch, samples);
    const gather = this.upload(batches, start, end);
    const steps = Array.from({ length: to - from }, (_, index) => {
      const count = Math.min(batch, samples - (from + index) * batch);
      return {
        ...this.stepNumbers(learningRates[from + index], count, index * batch, index),
        scale: 1 / count,
      };
    });
    const encoder = this.encode(steps, (pass, { count }) => {
      const before = [gather, ...front.training, ...slot.forward, ...slot.seed];
      for (const dispatch of before) dispatch.encode(pass, count);
      slot.weigh?.seed.encode(pass, count);
      for (const dispatch of slot.backward) dispatch.encode(pass, count);
    });
    const bytes = 8 * (end - start);
    const back = this.gpu.readBack(bytes);
    encoder.copyBufferToBuffer(this.at('scores'), 0, back, 0, bytes);
    this.gpu.submit(encoder);
    this.steps += steps.length;
    return new Float32Array(await this.gpu.take(back));
  }

  /** Puts what the gather reads onto the device: sample numbers, or mixtures. */
  private upload(batches: Batches, start: number, end: number): Dispatch {
    if (batches.kind === 'images') {
      this.gpu.write(this.at('samples'), Uint32Array.from(batches.order.subarray(start, end)));
      return this.split('train').gather[0];
    }
    const classes = batches.classes.slice(start * MIXTURE, end * MIXTURE);
    this.gpu.write(this.at('mixture classes'), new Uint32Array(classes.buffer));
    this.gpu.write(
      this.at('mixture weights'),
      Float32Array.from(batches.weights.subarray(start * MIXTURE, end * MIXTURE)),
    );
    this.gpu.write(this.at('samples'), Uint32Array.from(batches.targets.subarray(start, end)));
    return this.runnable.gatherLabels!;
  }

  /** One forward pass of samples `from` … of an input through a slot; scored with the classes' weights, unless `plain`. */
  private async pass(
    input: StageInput,
    from: number,
    count: number,
    slot: number,
    want: { output?: boolean; score?: boolean; plain?: boolean },
    kind: HeldKind = 'workspace',
  ): Promise<{ output?: Float32Array; score?: Score }> {
    const units = levels(this.spec);
    const top = units.length - 1;
    const { forward, score, weigh } = this.runnable.slots[slot];
    let gather: readonly Dispatch[] = [];
    if (input.kind === 'images') {
      const split = this.split(input.split);
      const order = Uint32Array.from(input.order.subarray(from, from + count));
      checkBelow('Image numbers', order, split.count);
      this.gpu.write(this.at('samples'), order);
      gather = [split.gather[slot], ...this.runnable.front.plain];
    } else {
      const values = input.values.subarray(from * units[0], (from + count) * units[0]);
      this.writeRows(this.at(`level 0 of ${slot}`), values, count, units[0]);
      const targets = input.targets?.subarray(from, from + count);
      if (want.score && !targets) throw new EngineError('This stage scores its output, so it needs targets.');
      if (targets) {
        checkBelow('Target classes', targets, targetClasses(this.spec));
        this.gpu.write(this.at(`targets of ${slot}`), Uint32Array.from(targets));
      }
    }
    const encoder = this.encode([{ count, first: 0 }], (pass) => {
      for (const dispatch of [...gather, ...forward, ...(want.score ? score : [])])
        dispatch.encode(pass, count);
      if (want.score && !want.plain) weigh?.score.encode(pass, count);
    });
    const scores = want.score ? this.gpu.readBack(8 * count, kind) : null;
    const outputBytes = 4 * count * padded(units[top]);
    const output = want.output ? this.gpu.readBack(outputBytes, kind) : null;
    if (scores) encoder.copyBufferToBuffer(this.at('scores'), 0, scores, 0, 8 * count);
    if (output) encoder.copyBufferToBuffer(this.at(`level ${top} of ${slot}`), 0, output, 0, outputBytes);
    this.gpu.submit(encoder);
    const [scored, values] = await Promise.all([
      scores && this.gpu.take(scores),
      output && this.gpu.take(output),
    ]);
    return {
      ...(scored ? { score: { ...this.sum(new Float32Array(scored), count, input), count } } : {}),
      ...(values ? { output: unpad(new Float32Array(values), count, units[top]) } : {}),
    };
  }

  /** What was scored; without a loss where aims were not made of this input. */
  private sum(scores: Float32Array, count: number, { kind }: StageInput): Omit<Score, 'count'> {
    const sum = sumScores(scores, 0, count);
    return kind === 'activations' && aimsAtImages(this.spec) ? { ...sum, loss: NaN } : sum;
  }

  /** The loss's gradient where there is an objective, and everything it goes back through. */
  private encodeBackward(slot: number, count: number, divisor: number): GPUCommandEncoder {
    const { seed, weigh, backward } = this.runnable.slots[slot];
    return this.encode([{ count, first: 0, scale: 1 / divisor }], (pass) => {
      for (const dispatch of seed) dispatch.encode(pass, count);
      weigh?.seed.encode(pass, count);
      for (const dispatch of backward) dispatch.encode(pass, count);
    });
  }

  /** Writes the steps' uniforms and records `record` once per step, in one pass. */
  private encode<S extends StepNumbers>(
    steps: readonly S[],
    record: (pass: GPUComputePassEncoder, step: S) => void,
  ): GPUCommandEncoder {
    this.gpu.write(this.at('steps'), packSteps(steps));
    const encoder = this.gpu.encoder();
    const pass = encoder.beginComputePass();
    steps.forEach((step, index) => {
      pass.setBindGroup(0, this.stepGroup, [index * STEP_STRIDE]);
      record(pass, step);
    });
    pass.end();
    return encoder;
  }

  private cachedStepGroup: GPUBindGroup | null = null;
  private get stepGroup(): GPUBindGroup {
    this.cachedStepGroup ??= this.gpu.device.createBindGroup({
      layout: this.gpu.stepLayout,
      entries: [{ binding: 0, resource: { buffer: this.at('steps'), size: 32 } }],
    });
    return this.cachedStepGroup;
  }

  /** What the optimiser and the noise need to know of the step `ahead` steps from now. */
  private stepNumbers(learningRate: number, count: number, first: number, ahead = 0): StepNumbers {
    const step = this.steps + ahead;
    const noiseBase = Math.imul(step, this.spec.batch);
    const { optimizer, decay } = this.spec;
    return { count, first, noiseBase, ...OPTIMIZERS[optimizer].numbers({ learningRate, decay }, step + 1) };
  }

  private async readFloats(name: string, kind: HeldKind = 'workspace'): Promise<Float32Array<ArrayBuffer>> {
    const bytes = 4 * countParameters(this.spec.layers);
    return new Float32Array(await this.gpu.read(this.at(name), bytes, kind));
  }

  private writeFloats(name: string, values: Float32Array): void {
    checkLength('parameters for these layers', values.length, countParameters(this.spec.layers));
    this.gpu.write(this.at(name), Float32Array.from(values));
  }

  /** Writes rows of `width` numbers into a padded matrix. */
  private writeRows(buffer: GPUBuffer, values: Float32Array, count: number, width: number): void {
    checkLength(`numbers, ${count} samples of ${width}`, values.length, count * width);
    const stride = padded(width);
    const rows = new Float32Array(count * stride);
    for (let row = 0; row < count; row++)
      rows.set(values.subarray(row * width, (row + 1) * width), row * stride);
    this.gpu.write(buffer, rows);
  }

  /** Writes bytes; buffers hold whole words, so the last ones travel in a word of their own. */
  private writeBytes(buffer: GPUBuffer, bytes: Uint8Array): void {
    const whole = bytes.length - (bytes.length % 4);
    if (whole > 0) this.gpu.write(buffer, bytes.subarray(0, whole) as Uint8Array<ArrayBuffer>);
    if (whole === bytes.length) return;
    const rest = new Uint8Array(4);
    rest.set(bytes.subarray(whole));
    this.gpu.write(buffer, rest, whole);
  }
}

const countOf = (input: StageInput): number => (input.kind === 'images' ? input.order.length : input.count);

/** Adds up `count` samples' losses and hits, in order, in double precision. */
function sumScores(scores: Float32Array, first: number, count: number): { loss: number; correct: number } {
  let loss = 0;
  let correct = 0;
  for (let n = first; n < first + count; n++) {
    loss += scores[2 * n];
    correct += scores[2 * n + 1];
  }
  return { loss, correct };
}

/** Rows of `width` numbers out of a padded matrix. */
function unpad(values: Float32Array, count: number, width: number): Float32Array {
  const stride = padded(width);
  if (stride === width) return values;
  const dense = new Float32Array(count * width);
  for (let row = 0; row < count; row++)
    dense.set(values.subarray(row * stride, row * stride + width), row * width);
  return dense;
}
