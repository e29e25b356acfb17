import { aimsAtImages, fixedOf, tableOf } from '../ends.ts';
import type { StepNumbers } from '../../network/optimizers/optimizer.ts';
import { OPTIMIZERS } from '../../network/optimizers/registry.ts';
import {
  activationOf,
  countParameters,
  inputSize,
  layerParameters,
  outputSize,
} from '../../network/layers/layers.ts';
import { checkReadsImages, NOT_GATHERED } from '../checks.ts';
import {
  MIXTURE,
  type Batches,
  type LabelTable,
  type Objective,
  type Source,
  type StageSpec,
  type Swap,
} from '../contract.ts';
import { EngineError } from '../errors.ts';
import { swapBelow } from '../swap.ts';
import type { Heap, Held } from './heap.ts';
import { ACTIVATION_CODES, RULE_CODES, type Kernels } from './kernels.ts';
import { Fixed } from './fixed.ts';
import type { FlatCopy, LayerWork } from './layers/layer.ts';
import { cpuLayer, placeLayers } from './layers/registry.ts';
import { copyRows, FLOAT_BYTES, paddedSamples, paddedUnits } from './layout.ts';
import { gatheredBlocks, returnsInputGradient, stageBlocks, type Block } from './memory.ts';

/** The activations of one forward pass, the input first. */
export type Levels = readonly Held[];

/** Which block a parameter array stands for. */
export type ParameterBlock = 'parameters' | 'gradients' | { readonly moment: number };

/** A loaded split. */
export interface HeldSplit {
  readonly images: Held;
  readonly labels: Held;
  readonly count: number;
}

/**
 * A stage's numbers in linear memory and the arithmetic on them. Everything here is synchronous and trusts its
 * arguments; `CpuStage` checks them, takes turns and speaks the contract.
 */
export class Network {
  readonly passes: readonly Levels[];
  private readonly spec: StageSpec;
  private readonly heap: Heap;
  private readonly kernels: Kernels;
  private readonly places: readonly number[];
  private readonly stride: number;
  private readonly held: Held[] = [];
  /** Null while a gathered stage has none. */
  private parameters: Held | null;
  readonly moments: readonly Held[];
  private gradients: Held | null;
  private readonly delta: Held;
  private readonly panel: Held;
  private readonly scratch: Held;
  private readonly order: Held;
  private readonly targets: Held;
  private readonly mixture: Held;
  private readonly mixtureWeights: Held;
  private readonly sourceTable: Held | null;
  private readonly targetTable: Held | null;
  private readonly classWeights: Held | null;
  /** What the images go through, and the levels that are not the stage's own: the images, and all outputs but the last. */
  private readonly front: { readonly fixed: Fixed; readonly levels: Levels } | null;
  /** What makes the aims, and its outputs. */
  private readonly aims: { readonly fixed: Fixed; readonly levels: Levels } | null;
  /** Where `backward` left ∂loss/∂input. */
  private inputGradientAt: Held | null = null;

  constructor(spec: StageSpec, heap: Heap, kernels: Kernels) {
    this.spec = spec;
    this.heap = heap;
    this.kernels = kernels;
    this.places = placeLayers(spec.layers).places;
    this.stride = paddedSamples(spec.batch) * 4 * FLOAT_BYTES;
    const blocks = stageBlocks(spec, kernels.threads);
    const hold = (block: Block): Held => {
      const held = heap.allocate(block);
      this.held.push(held);
      return held;
    };
    const holdIf = (block: Block | null): Held | null => block && hold(block);
    try {
      this.parameters = holdIf(blocks.parameters);
      this.moments = blocks.moments.map(hold);
      this.gradients = holdIf(blocks.gradients);
      this.passes = blocks.passes.map((pass) => pass.map(hold));
      this.delta = hold(blocks.delta);
      this.panel = hold(blocks.panel);
      this.scratch = hold(blocks.scratch);
      this.order = hold(blocks.order);
      this.targets = hold(blocks.targets);
      this.mixture = hold(blocks.mixture);
      this.mixtureWeights = hold(blocks.mixtureWeights);
      this.sourceTable = holdIf(blocks.sourceTable);
      this.targetTable = holdIf(blocks.targetTable);
      this.classWeights = holdIf(blocks.classWeights);
      const holdFixed = (end: Source | Objective | null, needs: typeof blocks.fixedSource) => {
        const fixed = end && fixedOf(end);
        if (!fixed || !needs) return null;
        return { fixed: new Fixed(fixed, hold(needs.parameters)), levels: needs.levels.map(hold) };
      };
      this.front = holdFixed(spec.source, blocks.fixedSource);
      this.aims = holdFixed(spec.objective, blocks.fixedObjective);
    } catch (error) {
      this.free();
      throw error;
    }
    if (this.parameters) this.write('parameters', spec.parameters);
    for (const one of [this.front, this.aims]) one?.fixed.write(this.copying());
    for (const [held, end] of [
      [this.sourceTable, spec.source],
      [this.targetTable, spec.objective],
    ] as const) {
      const table = end && tableOf(end);
      if (held && table) heap.floats(held).set(table.values);
    }
    if (this.classWeights) heap.floats(this.classWeights).set(spec.classWeights!);
  }

  free(): void {
    if (this.spec.training === 'gathered') this.release();
    this.held.forEach((held) => held.free());
  }

  /** Takes parameters for a while, and room for their gradients where a backward pass is to come. */
  holdGathered(values: Float32Array, use: 'forward' | 'backward'): void {
    this.release();
    const { parameters, gradients } = gatheredBlocks(this.spec);
    this.parameters = this.heap.allocate(parameters);
    if (use === 'backward') this.gradients = this.heap.allocate(gradients);
    this.write('parameters', values);
  }

  /** Gives them back. */
  release(): void {
    this.parameters?.free();
    this.gradients?.free();
    this.parameters = null;
    this.gradients = null;
  }

  // Parameters, gradients, moments

  /** Throws where there is no such block, e.g. because nothing is gathered. */
  check(which: 'parameters' | 'gradients'): void {
    this.block(which);
  }

  read(which: ParameterBlock): Float32Array<ArrayBuffer> {
    const flat = new Float32Array(countParameters(this.spec.layers));
    this.copyParameters(which, flat, 'out');
    return flat;
  }

  write(which: ParameterBlock, flat: Float32Array): void {
    this.copyParameters(which, flat, 'in');
  }

  // Inputs: each fills the first level and, where there are some, the targets

  /**
   * Images `order` of a split and their labels, through the fixed layers where there are some.
   * @param step The optimiser step (from 0) that they train: noise and swapped classes are part of it. Null: as they are.
   */
  gather(levels: Levels, split: HeldSplit, order: Uint32Array, step: number | null): void {
    const images = checkReadsImages(this.spec);
    const { front } = this;
    const { source } = this.spec;
    const into = front ? front.levels[0] : levels[0];
    this.heap.integers(this.order).set(order);
    this.kernels.gatherImages(
      split.images.address,
      images.pixels,
      this.order.address,
      into.address,
      this.quads(images.pixels),
      this.stride,
      order.length,
      paddedSamples(order.length),
      images.scale,
      images.shift,
    );
    this.kernels.gatherTargets(split.labels.address, this.order.address, this.targets.address, order.length);
    if (!front || source.kind !== 'fixed') return;
    front.fixed.forward(this.work(order.length), [...front.levels, levels[0]]);
    const first = (step ?? 0) * this.spec.batch;
    const swap = step === null ? undefined : source.swap;
    if (this.sourceTable && source.fixed.table)
      this.addClasses(levels[0], this.sourceTable, source.fixed.table, order.length, swap, first);
    if (step !== null) this.addNoise(levels, order.length, source, first);
  }

  /** @param first Number of the first sample in the stream of the swap. */
  private addClasses(
    level: Held,
    held: Held,
    { classes, width }: LabelTable,
    count: number,
    swap?: Swap,
    first = 0,
  ): void {
    const shape = [classes, width, this.stride, count] as const;
    const { a, b } = swap?.key ?? { a: 0, b: 0 };
    const drawn = [swapBelow(swap), a, b, Math.imul(2, first)] as const;
    this.kernels.addClasses(level.address, this.targets.address, held.address, ...shape, ...drawn);
  }

  /** The noise on what fixed layers give. */
  private addNoise(
    levels: Levels,
    count: number,
    { noise, noiseKey }: Pick<Extract<Source, { kind: 'fixed' }>, 'noise' | 'noiseKey'>,
    first: number,
  ): void {
    if (noise === 0) return;
    const width = inputSize(this.spec.layers);
    const place = [levels[0].address, width, this.stride, count] as const;
    this.kernels.addNoise(...place, noise, noiseKey.a, noiseKey.b, Math.imul(first, width));
  }

  /** Samples `from … to` of synthetic batches, at optimiser step `step` (from 0). */
  mix(
    levels: Levels,
    batches: Extract<Batches, { kind: 'labels' }>,
    from: number,
    to: number,
    step: number,
  ): void {
    const { table, noise, noiseKey } = this.spec.source as Extract<Source, { kind: 'labels' }>;
    this.heap.bytes(this.mixture).set(batches.classes.subarray(from * MIXTURE, to * MIXTURE));
    this.heap.floats(this.mixtureWeights).set(batches.weights.subarray(from * MIXTURE, to * MIXTURE));
    this.setTargets(batches.targets.subarray(from, to));
    this.kernels.mixLabels(
      this.sourceTable!.address,
      table.width,
      this.mixture.address,
      this.mixtureWeights.address,
      levels[0].address,
      this.quads(table.width),
      this.stride,
      to - from,
      paddedSamples(to - from),
      noise,
      noiseKey.a,
      noiseKey.b,
      Math.imul(step * this.spec.batch, table.width),
    );
  }

  /** Rows `[count, inputs]` handed in. */
  setInput(levels: Levels, rows: Float32Array, count: number): void {
    this.copy(levels[0], inputSize(this.spec.layers), rows, count, 'in');
  }

  setTargets(targets: Uint8Array): void {
    this.heap.bytes(this.targets).set(targets);
  }

  readTargets(count: number): Uint8Array {
    return this.heap.bytes(this.targets).slice(0, count);
  }

  // The passes

  forward(levels: Levels, count: number): void {
    const { address } = this.block('parameters');
    const work = this.work(count);
    this.spec.layers.forEach((layer, index) => {
      const [x, y] = [levels[index].address, levels[index + 1].address];
      cpuLayer(layer).forward(layer, work, address + this.places[index], x, y);
    });
  }

  /** What the layer before a level gives, as rows `[count, outputs]`. */
  output(levels: Levels, level: number, count: number, into: Float32Array): void {
    this.copy(levels[level], outputSize([this.spec.layers[level - 1]]), into, count, 'out');
  }

  /**
   * Loss summed over the samples in `levels`, against the current targets. Leaves its gradient, averaged over
   * `divisor` samples, for `backward`. With the classes' weights, unless it is plainly scored.
   */
  loss(levels: Levels, count: number, divisor: number, weighted = true): number {
    const objective = this.spec.objective!;
    const y = levels[levels.length - 1].address;
    const outputs = outputSize(this.spec.layers);
    const samples = paddedSamples(count);
    const shape = [this.quads(outputs), this.stride, count, samples] as const;
    const ends = [y, this.delta.address, this.targets.address] as const;
    const weights = (weighted && this.classWeights?.address) || 0;
    switch (objective.kind) {
      case 'classes':
        return this.kernels.softmaxLoss(...ends, outputs, ...shape, 1 / divisor, weights);
      case 'labels': {
        const table = this.targetTable!.address;
        const factors = [objective.scale, 1 / divisor] as const;
        return this.kernels.distanceLoss(...ends, table, outputs, ...shape, ...factors, weights);
      }
      case 'hybrid': {
        const { scale, weight, sharpness, table } = objective;
        const labels = [this.targetTable!.address, table.classes, outputs] as const;
        const numbers = [scale, weight, sharpness, 1 / divisor, weights] as const;
        return this.kernels.hybridLoss(...ends, ...labels, ...shape, ...numbers, this.scratch.address);
      }
      case 'fixed': {
        const { fixed, levels: given } = this.aims!;
        const seen = aimsAtImages(this.spec) ? this.front!.levels[0] : levels[0];
        fixed.forward(this.work(count), [seen, ...given]);
        const aims = given[given.length - 1];
        const { table } = objective.fixed;
        if (this.targetTable && table) this.addClasses(aims, this.targetTable, table, count);
        const factors = [objective.scale, 1 / divisor, weights] as const;
        return this.kernels.aimLoss(...ends, aims.address, ...shape, ...factors);
      }
    }
  }

  /** Samples in `levels` whose answer is their target. */
  correct(levels: Levels, count: number): number {
    const objective = this.spec.objective!;
    const y = levels[levels.length - 1].address;
    const targets = this.targets.address;
    switch (objective.kind) {
      case 'classes':
        return this.kernels.countLargest(y, targets, objective.classes, this.stride, count);
      case 'fixed':
      case 'labels':
      case 'hybrid': {
        const table = tableOf(objective);
        if (!table) return 0;
        const { classes, width } = table;
        const held = this.targetTable!.address;
        const quads = this.quads(width);
        const row = this.scratch.address;
        return this.kernels.countNearest(y, targets, held, classes, width, quads, this.stride, count, row);
      }
    }
  }

  /** Takes ∂loss/∂output as rows `[count, outputs]`, in place of `loss`. */
  setGradient(rows: Float32Array, count: number): void {
    this.copy(this.delta, outputSize(this.spec.layers), rows, count, 'in');
  }

  /**
   * Backward from the gradient that `loss` or `setGradient` left; spends `levels`.
   *
   * Each layer's input gradient is taken before its weights change. It goes to `delta` or, where the gradient that came
   * from above lies there, over the activations that came with that one: one spare array serves every layer.
   *
   * @param step Where the optimiser stands, to update at once; `null` to add to the gradients instead.
   */
  backward(levels: Levels, count: number, step: { learningRate: number; number: number } | null): void {
    const { layers } = this.spec;
    const { delta, kernels } = this;
    const work = this.work(count);
    const last = layers.length;
    const target = this.block(step ? 'parameters' : 'gradients');
    const [first, second] = [this.moments[0] ?? target, this.moments[1] ?? target];
    const rule = this.rule(step);
    const quads = this.quads(outputSize(layers));
    const slope = ACTIVATION_CODES[activationOf(layers[last - 1])];
    kernels.applySlopes(slope, delta.address, levels[last].address, quads, work.stride, work.samples);
    let [d, free] = [delta, levels[last]];
    for (let index = last - 1; index >= 0; index--) {
      const layer = layers[index];
      const kind = cpuLayer(layer);
      const place = this.places[index];
      const x = levels[index];
      if (index > 0 || returnsInputGradient(this.spec)) {
        if (free.bytes < x.bytes) {
          kernels.copy(free.address, d.address, free.bytes >>> 4);
          [d, free] = [free, d];
        }
        const below = index > 0 ? activationOf(layers[index - 1]) : 'linear';
        const parameters = this.block('parameters').address + place;
        kind.inputGradient(layer, work, parameters, x.address, d.address, free.address, below);
      }
      kind.parameterGradient(layer, work, x.address, d.address, {
        ...rule,
        target: target.address + place,
        first: first.address + place,
        second: second.address + place,
      });
      [d, free] = free === delta ? [delta, x] : [free, delta];
    }
    this.inputGradientAt = d;
  }

  /** After `backward`: ∂loss/∂input, rows `[count, inputs]`. */
  inputGradient(count: number): Float32Array {
    const inputs = inputSize(this.spec.layers);
    const rows = new Float32Array(count * inputs);
    this.copy(this.inputGradientAt!, inputs, rows, count, 'out');
    return rows;
  }

  /** One optimiser step with the accumulated gradients, which are 0 afterwards. */
  apply(step: { learningRate: number; number: number }): void {
    const gradients = this.gradients!;
    const { rule, learningRate, epsilon, shrink } = this.rule(step);
    const { address } = this.block('parameters');
    const [first, second] = [this.moments[0]?.address ?? address, this.moments[1]?.address ?? address];
    const vectors = placeLayers(this.spec.layers).bytes >>> 4;
    this.kernels.update(
      rule,
      address,
      first,
      second,
      gradients.address,
      vectors,
      learningRate,
      epsilon,
      shrink,
    );
    this.kernels.clear(gradients.address, vectors);
  }

  private quads = (units: number): number => paddedUnits(units) / 4;

  private rule(
    step: { learningRate: number; number: number } | null,
  ): StepNumbers & { readonly rule: number } {
    if (!step) return { rule: RULE_CODES.accumulate, learningRate: 0, epsilon: 0, shrink: 0 };
    const { optimizer, decay } = this.spec;
    const numbers = OPTIMIZERS[optimizer].numbers({ learningRate: step.learningRate, decay }, step.number);
    return { rule: RULE_CODES[optimizer], ...numbers };
  }

  private block(which: ParameterBlock): Held {
    if (which !== 'parameters' && which !== 'gradients') return this.moments[which.moment];
    const held = this[which];
    if (held) return held;
    if (this.spec.training === 'gathered') throw new EngineError(NOT_GATHERED);
    throw new EngineError('A stage built for local training has no gradients to read or write.');
  }

  /** Copies a block to or from a flat array, by way of `delta`, which holds nothing between calls. */
  private copyParameters(which: ParameterBlock, flat: Float32Array, direction: 'in' | 'out'): void {
    const { address } = this.block(which);
    const copying = this.copying();
    let at = 0;
    this.spec.layers.forEach((layer, index) => {
      const own = flat.subarray(at, (at += layerParameters(layer)));
      const place = address + this.places[index];
      cpuLayer(layer).copy(layer, { ...copying, address: place, flat: own, direction });
    });
  }

  private copying(): Pick<FlatCopy, 'kernels' | 'staging' | 'memory'> {
    const staging = { address: this.delta.address, floats: this.heap.floats(this.delta) };
    return { kernels: this.kernels, staging, memory: new Float32Array(this.heap.memory.buffer) };
  }

  private work(count: number): LayerWork {
    const { kernels, stride } = this;
    const [panel, scratch] = [this.panel.address, this.scratch.address];
    return { kernels, stride, samples: paddedSamples(count), panel, scratch };
  }

  private copy(quads: Held, units: number, rows: Float32Array, count: number, direction: 'in' | 'out'): void {
    copyRows(rows, units, count, this.heap.floats(quads), this.spec.batch, direction);
  }
}
