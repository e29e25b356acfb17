import { adamStep } from '../../network/reference.ts';
import { countParameters } from '../../network/layers/layers.ts';
import { NOT_LENT } from '../checks.ts';
import { MIXTURE, type Batches, type Source, type StageSpec } from '../contract.ts';
import { EngineError } from '../errors.ts';
import type { Heap, Held } from './heap.ts';
import { ACTIVATION_CODES, RULE_CODES, type Kernels } from './kernels.ts';
import { copyRows, FLOAT_BYTES, paddedSamples, paddedUnits, placeLayers, type LayerPlace } from './layout.ts';
import { lentBlocks, returnsInputGradient, stageBlocks, type Block } from './memory.ts';

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
  private readonly places: readonly LayerPlace[];
  private readonly stride: number;
  private readonly held: Held[] = [];
  /** Null while a lent stage has none. */
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

  constructor(spec: StageSpec, heap: Heap, kernels: Kernels) {
    this.spec = spec;
    this.heap = heap;
    this.kernels = kernels;
    this.places = placeLayers(spec.layers).places;
    this.stride = paddedSamples(spec.batch) * 4 * FLOAT_BYTES;
    const blocks = stageBlocks(spec);
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
    } catch (error) {
      this.free();
      throw error;
    }
    if (this.parameters) this.write('parameters', spec.parameters);
    for (const [held, end] of [
      [this.sourceTable, spec.source],
      [this.targetTable, spec.objective],
    ] as const) {
      if (held && end?.kind === 'labels') heap.floats(held).set(end.table.values);
    }
  }

  free(): void {
    if (this.spec.training === 'lent') this.release();
    this.held.forEach((held) => held.free());
  }

  /** Takes parameters for a while, and room for their gradients where a backward pass is to come. */
  lend(values: Float32Array, use: 'forward' | 'backward'): void {
    this.release();
    const { parameters, gradients } = lentBlocks(this.spec);
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

  /** Throws where there is no such block, e.g. because nothing was lent. */
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

  /** Images `order` of a split and their labels. */
  gather(levels: Levels, split: HeldSplit, order: Uint32Array): void {
    const source = this.spec.source as Extract<Source, { kind: 'images' }>;
    this.heap.integers(this.order).set(order);
    this.kernels.gatherImages(
      split.images.address,
      source.pixels,
      this.order.address,
      levels[0].address,
      this.quads(source.pixels),
      this.stride,
      order.length,
      paddedSamples(order.length),
      source.scale,
      source.shift,
    );
    this.kernels.gatherTargets(split.labels.address, this.order.address, this.targets.address, order.length);
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
    this.copy(levels[0], this.spec.layers[0].inputs, rows, count, 'in');
  }

  setTargets(targets: Uint8Array): void {
    this.heap.bytes(this.targets).set(targets);
  }

  readTargets(count: number): Uint8Array {
    return this.heap.bytes(this.targets).slice(0, count);
  }

  // The passes

  forward(levels: Levels, count: number): void {
    const { address: parameters } = this.block('parameters');
    this.spec.layers.forEach(({ inputs, outputs, activation }, index) => {
      this.kernels.forward(
        levels[index].address,
        parameters + this.places[index].weights,
        parameters + this.places[index].bias,
        levels[index + 1].address,
        this.quads(inputs),
        this.panels(outputs),
        this.stride,
        paddedSamples(count),
        ACTIVATION_CODES[activation],
        outputs,
      );
    });
  }

  /** The last level as rows `[count, outputs]`. */
  output(levels: Levels, count: number, into: Float32Array): void {
    const { layers } = this.spec;
    this.copy(levels[layers.length], layers[layers.length - 1].outputs, into, count, 'out');
  }

  /**
   * Loss summed over the samples in `levels`, against the current targets. Leaves its gradient, averaged over
   * `divisor` samples, for `backward`.
   */
  loss(levels: Levels, count: number, divisor: number): number {
    const objective = this.spec.objective!;
    const y = levels[levels.length - 1].address;
    const { outputs } = this.spec.layers[this.spec.layers.length - 1];
    const samples = paddedSamples(count);
    const shape = [2 * this.panels(outputs), this.stride, count, samples] as const;
    const ends = [y, this.delta.address, this.targets.address] as const;
    if (objective.kind === 'classes')
      return this.kernels.softmaxLoss(...ends, outputs, ...shape, 1 / divisor);
    const table = this.targetTable!.address;
    return this.kernels.distanceLoss(...ends, table, outputs, ...shape, objective.scale, 1 / divisor);
  }

  /** Samples in `levels` whose answer is their target. */
  correct(levels: Levels, count: number): number {
    const objective = this.spec.objective!;
    const y = levels[levels.length - 1].address;
    const targets = this.targets.address;
    if (objective.kind === 'classes') {
      return this.kernels.countLargest(y, targets, objective.classes, this.stride, count);
    }
    const { classes, width } = objective.table;
    const table = this.targetTable!.address;
    const quads = 2 * this.panels(width);
    const row = this.scratch.address;
    return this.kernels.countNearest(y, targets, table, classes, width, quads, this.stride, count, row);
  }

  /** Takes ∂loss/∂output as rows `[count, outputs]`, in place of `loss`. */
  setGradient(rows: Float32Array, count: number): void {
    this.copy(this.delta, this.spec.layers[this.spec.layers.length - 1].outputs, rows, count, 'in');
  }

  /**
   * Backward from the gradient that `loss` or `setGradient` left; spends `levels`.
   *
   * Each layer's input gradient is taken before its weights change. It waits in `delta` until the weight gradient has
   * read the layer's input, and then takes that input's place: one spare array serves every layer.
   *
   * @param step Where the optimiser stands, to update at once; `null` to add to the gradients instead.
   */
  backward(levels: Levels, count: number, step: { rate: number; number: number } | null): void {
    const { layers } = this.spec;
    const samples = paddedSamples(count);
    const last = layers.length;
    const target = this.block(step ? 'parameters' : 'gradients');
    const [first, second] = [this.moments[0] ?? target, this.moments[1] ?? target];
    const { rule, rate, epsilon } = this.rule(step);
    const lastLevel = levels[last];
    const quads = 2 * this.panels(layers[last - 1].outputs);
    const slope = ACTIVATION_CODES[layers[last - 1].activation];
    this.kernels.applySlopes(slope, this.delta.address, lastLevel.address, quads, this.stride, samples);
    this.replace(lastLevel);
    for (let index = last - 1; index >= 0; index--) {
      const { inputs, outputs } = layers[index];
      const place = this.places[index];
      const [x, d] = [levels[index].address, levels[index + 1].address];
      const size = [this.quads(inputs), this.panels(outputs), this.stride, samples] as const;
      if (index > 0 || returnsInputGradient(this.spec)) {
        const before = ACTIVATION_CODES[index > 0 ? layers[index - 1].activation : 'linear'];
        const weights = this.block('parameters').address + place.weights;
        this.kernels.inputGradient(d, weights, x, this.delta.address, ...size, before, this.panel.address);
      }
      this.kernels.weightGradient(
        x,
        d,
        target.address + place.weights,
        first.address + place.weights,
        second.address + place.weights,
        target.address + place.bias,
        first.address + place.bias,
        second.address + place.bias,
        ...size,
        rule,
        rate,
        epsilon,
        this.scratch.address,
      );
      if (index > 0) this.replace(levels[index]);
    }
  }

  /** After `backward`: ∂loss/∂input, rows `[count, inputs]`. */
  inputGradient(count: number): Float32Array {
    const { inputs } = this.spec.layers[0];
    const rows = new Float32Array(count * inputs);
    this.copy(this.delta, inputs, rows, count, 'out');
    return rows;
  }

  /** One optimiser step with the accumulated gradients, which are 0 afterwards. */
  apply(step: { rate: number; number: number }): void {
    const gradients = this.gradients!;
    const { rule, rate, epsilon } = this.rule(step);
    const { address } = this.block('parameters');
    const [first, second] = [this.moments[0]?.address ?? address, this.moments[1]?.address ?? address];
    const vectors = placeLayers(this.spec.layers).bytes >>> 4;
    this.kernels.update(rule, address, first, second, gradients.address, vectors, rate, epsilon);
    this.heap.floats(gradients).fill(0);
  }

  private quads = (units: number): number => paddedUnits(units) / 4;
  private panels = (units: number): number => paddedUnits(units) / 8;

  private rule(step: { rate: number; number: number } | null): {
    rule: number;
    rate: number;
    epsilon: number;
  } {
    if (!step) return { rule: RULE_CODES.accumulate, rate: 0, epsilon: 0 };
    const { optimizer } = this.spec;
    const adam = adamStep(step.rate, step.number);
    const numbers = optimizer === 'adam' ? adam : { rate: step.rate, epsilon: 0 };
    return { rule: RULE_CODES[optimizer], ...numbers };
  }

  private block(which: ParameterBlock): Held {
    if (which !== 'parameters' && which !== 'gradients') return this.moments[which.moment];
    const held = this[which];
    if (held) return held;
    if (this.spec.training === 'lent') throw new EngineError(NOT_LENT);
    throw new EngineError('A stage built for local training has no gradients to read or write.');
  }

  /**
   * Copies a block to or from a flat array, a few rows at a time by way of `delta`, which holds nothing between calls
   * and has room for at least four rows of any layer. (Four times as fast as doing it number by number here.)
   */
  private copyParameters(which: ParameterBlock, flat: Float32Array, direction: 'in' | 'out'): void {
    const block = this.block(which);
    const [floats, staging] = [this.heap.floats(block), this.heap.floats(this.delta)];
    const into = direction === 'in' ? 1 : 0;
    let at = 0;
    this.spec.layers.forEach(({ inputs, outputs }, index) => {
      const { weights, bias } = this.places[index];
      const panelBytes = paddedUnits(inputs) * 8 * FLOAT_BYTES;
      const room = Math.min(Math.floor(staging.length / outputs), 32);
      for (let row = 0; row < inputs; row += room) {
        const count = Math.min(room, inputs - row);
        const first = block.address + weights + row * 8 * FLOAT_BYTES;
        const rows = flat.subarray(at, (at += count * outputs));
        if (into) staging.set(rows);
        this.kernels.copyPanels(first, panelBytes, this.delta.address, outputs, count, into);
        if (!into) rows.set(staging.subarray(0, rows.length));
      }
      const biases = floats.subarray(bias / FLOAT_BYTES, bias / FLOAT_BYTES + outputs);
      const flatBiases = flat.subarray(at, (at += outputs));
      if (into) biases.set(flatBiases);
      else flatBiases.set(biases);
    });
  }

  private copy(quads: Held, units: number, rows: Float32Array, count: number, direction: 'in' | 'out'): void {
    copyRows(rows, units, count, this.heap.floats(quads), this.spec.batch, direction);
  }

  /** Moves what is in `delta` over an array of activations. */
  private replace(level: Held): void {
    new Uint8Array(this.heap.memory.buffer).copyWithin(
      level.address,
      this.delta.address,
      this.delta.address + level.bytes,
    );
  }
}
