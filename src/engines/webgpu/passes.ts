import { OPTIMIZERS } from '../../network/optimizers/registry.ts';
import { checkBelow, NOT_GATHERED, targetClasses } from '../checks.ts';
import { MIXTURE, type Batches, type Score, type StageInput, type StageSpec } from '../contract.ts';
import { aimsAtImages } from '../ends.ts';
import { EngineError } from '../errors.ts';
import type { HeldKind } from '../ledger.ts';
import { unpad, type StageBuffers } from './buffers.ts';
import type { Dispatch } from './dispatch.ts';
import type { GpuDevice } from './gpu-device.ts';
import { levels, STEP_STRIDE } from './memory.ts';
import { padded } from './padding.ts';
import type { StagePlan } from './plan.ts';
import type { Splits } from './splits.ts';
import { packSteps, type StepNumbers } from './steps.ts';

/** What of a request to train is one submission: steps `from` … `to − 1`. */
export interface Stretch {
  readonly batches: Batches;
  readonly samples: number;
  readonly learningRates: Float32Array;
  readonly from: number;
  readonly to: number;
}

/** Records what a stage computes and submits it: optimizer steps in one go, or one pass over some samples. */
export class Passes {
  /** Null while a gathered stage has no parameters. */
  plan: StagePlan | null;
  /** Optimizer steps taken. */
  steps = 0;
  private readonly gpu: GpuDevice;
  private readonly spec: StageSpec;
  private readonly buffers: StageBuffers;
  private readonly splits: Splits;
  private cachedStepGroup: GPUBindGroup | null = null;

  constructor(
    gpu: GpuDevice,
    spec: StageSpec,
    buffers: StageBuffers,
    splits: Splits,
    plan: StagePlan | null,
  ) {
    this.gpu = gpu;
    this.spec = spec;
    this.buffers = buffers;
    this.splits = splits;
    this.plan = plan;
  }

  /** Some steps of local training; returns two floats per sample: its loss, and 1 where it was right. */
  async train({ batches, samples, learningRates, from, to }: Stretch): Promise<Float32Array> {
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
    encoder.copyBufferToBuffer(this.buffers.at('scores'), 0, back, 0, bytes);
    this.gpu.submit(encoder);
    this.steps += steps.length;
    return new Float32Array(await this.gpu.take(back));
  }

  /** `count` samples of an input from `from` on through a slot; scored with the classes' weights, unless `plain`. */
  async forward(
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
      const split = this.splits.at(input.split);
      const order = Uint32Array.from(input.order.subarray(from, from + count));
      checkBelow('Image numbers', order, split.count);
      this.gpu.write(this.buffers.at('samples'), order);
      gather = [split.gather[slot], ...this.runnable.front.plain];
    } else {
      const values = input.values.subarray(from * units[0], (from + count) * units[0]);
      this.buffers.writeRows(`level 0 of ${slot}`, values, count, units[0]);
      const targets = input.targets?.subarray(from, from + count);
      if (want.score && !targets) throw new EngineError('This stage scores its output, so it needs targets.');
      if (targets) {
        checkBelow('Target classes', targets, targetClasses(this.spec));
        this.gpu.write(this.buffers.at(`targets of ${slot}`), Uint32Array.from(targets));
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
    if (scores) encoder.copyBufferToBuffer(this.buffers.at('scores'), 0, scores, 0, 8 * count);
    if (output)
      encoder.copyBufferToBuffer(this.buffers.at(`level ${top} of ${slot}`), 0, output, 0, outputBytes);
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

  /**
   * From the loss, or from the gradient written into delta 0, back through a slot; adds to the gradients.
   * @param divisor Samples that the loss is averaged over.
   * @returns ∂loss/∂input `[count, inputs]`, if wanted.
   */
  async backward(
    slot: number,
    count: number,
    divisor: number,
    wantInput: boolean,
  ): Promise<Float32Array | null> {
    const { seed, weigh, backward, inputGradientIn } = this.runnable.slots[slot];
    const encoder = this.encode([{ count, first: 0, scale: 1 / divisor }], (pass) => {
      for (const dispatch of seed) dispatch.encode(pass, count);
      weigh?.seed.encode(pass, count);
      for (const dispatch of backward) dispatch.encode(pass, count);
    });
    if (!wantInput) {
      this.gpu.submit(encoder);
      return null;
    }
    const [inputs] = levels(this.spec);
    const bytes = 4 * count * padded(inputs);
    const back = this.gpu.readBack(bytes);
    encoder.copyBufferToBuffer(this.buffers.at(`delta ${inputGradientIn}`), 0, back, 0, bytes);
    this.gpu.submit(encoder);
    return unpad(new Float32Array(await this.gpu.take(back)), count, inputs);
  }

  /** One optimizer step with the gradients that were added up. */
  apply(learningRate: number): void {
    const { apply } = this.runnable;
    if (!apply) throw new EngineError('A stage that trains alone has no gradients to apply.');
    this.gpu.submit(this.encode([this.stepNumbers(learningRate, 1, 0)], (pass) => apply.encode(pass, 1)));
    this.steps++;
  }

  private get runnable(): StagePlan {
    if (!this.plan) throw new EngineError(NOT_GATHERED);
    return this.plan;
  }

  /** Puts what the gather reads onto the device: sample numbers, or mixtures. */
  private upload(batches: Batches, start: number, end: number): Dispatch {
    const { gpu, buffers } = this;
    if (batches.kind === 'images') {
      gpu.write(buffers.at('samples'), Uint32Array.from(batches.order.subarray(start, end)));
      return this.splits.at('train').gather[0];
    }
    const classes = batches.classes.slice(start * MIXTURE, end * MIXTURE);
    gpu.write(buffers.at('mixture classes'), new Uint32Array(classes.buffer));
    gpu.write(
      buffers.at('mixture weights'),
      Float32Array.from(batches.weights.subarray(start * MIXTURE, end * MIXTURE)),
    );
    gpu.write(buffers.at('samples'), Uint32Array.from(batches.targets.subarray(start, end)));
    return this.runnable.gatherLabels!;
  }

  /** What was scored; without a loss where aims were not made of this input. */
  private sum(scores: Float32Array, count: number, { kind }: StageInput): Omit<Score, 'count'> {
    const sum = sumScores(scores, 0, count);
    return kind === 'activations' && aimsAtImages(this.spec) ? { ...sum, loss: NaN } : sum;
  }

  /** Writes the steps' uniforms and records `record` once per step, in one pass. */
  private encode<S extends StepNumbers>(
    steps: readonly S[],
    record: (pass: GPUComputePassEncoder, step: S) => void,
  ): GPUCommandEncoder {
    this.gpu.write(this.buffers.at('steps'), packSteps(steps));
    const encoder = this.gpu.encoder();
    const pass = encoder.beginComputePass();
    steps.forEach((step, index) => {
      pass.setBindGroup(0, this.stepGroup, [index * STEP_STRIDE]);
      record(pass, step);
    });
    pass.end();
    return encoder;
  }

  private get stepGroup(): GPUBindGroup {
    this.cachedStepGroup ??= this.gpu.device.createBindGroup({
      layout: this.gpu.stepLayout,
      entries: [{ binding: 0, resource: { buffer: this.buffers.at('steps'), size: 32 } }],
    });
    return this.cachedStepGroup;
  }

  /** What the optimizer and the noise need to know of the step `ahead` steps from now. */
  private stepNumbers(learningRate: number, count: number, first: number, ahead = 0): StepNumbers {
    const step = this.steps + ahead;
    const noiseBase = Math.imul(step, this.spec.batch);
    const { optimizer, decay } = this.spec;
    return { count, first, noiseBase, ...OPTIMIZERS[optimizer].numbers({ learningRate, decay }, step + 1) };
  }
}

/** Adds up `count` samples' losses and hits, in order, in double precision. */
export function sumScores(
  scores: Float32Array,
  first: number,
  count: number,
): { loss: number; correct: number } {
  let loss = 0;
  let correct = 0;
  for (let n = first; n < first + count; n++) {
    loss += scores[2 * n];
    correct += scores[2 * n + 1];
  }
  return { loss, correct };
}
