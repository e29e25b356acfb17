import { countParameters, layerParameters } from '../../network/layers/layers.ts';
import { NOT_GATHERED } from '../checks.ts';
import type { Objective, Source, StageSpec } from '../contract.ts';
import { fixedOf, tableOf } from '../ends.ts';
import { EngineError } from '../errors.ts';
import { Fixed } from './fixed.ts';
import type { Heap, Held } from './heap.ts';
import type { Kernels } from './kernels.ts';
import type { FlatCopy, LayerWork } from './layers/layer.ts';
import { cpuLayer, placeLayers } from './layers/registry.ts';
import { copyRows, FLOAT_BYTES, paddedSamples } from './layout.ts';
import { gatheredBlocks, stageBlocks, type Block } from './memory.ts';

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

/** A stage's numbers in linear memory, and the way into and out of it. */
export class Blocks {
  readonly passes: readonly Levels[];
  readonly spec: StageSpec;
  readonly heap: Heap;
  readonly kernels: Kernels;
  readonly places: readonly number[];
  readonly stride: number;
  private readonly held: Held[] = [];
  /** Null while a gathered stage has none. */
  private parameters: Held | null;
  readonly moments: readonly Held[];
  private gradients: Held | null;
  readonly delta: Held;
  readonly panel: Held;
  readonly scratch: Held;
  readonly order: Held;
  readonly targets: Held;
  readonly mixture: Held;
  readonly mixtureWeights: Held;
  readonly sourceTable: Held | null;
  readonly targetTable: Held | null;
  readonly classWeights: Held | null;
  /** What the images go through, and the levels that are not the stage's own: the images, and all outputs but the last. */
  readonly front: { readonly fixed: Fixed; readonly levels: Levels } | null;
  /** What makes the aims, and its outputs. */
  readonly aims: { readonly fixed: Fixed; readonly levels: Levels } | null;

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

  read(which: ParameterBlock): Float32Array<ArrayBuffer> {
    const flat = new Float32Array(countParameters(this.spec.layers));
    this.copyParameters(which, flat, 'out');
    return flat;
  }

  write(which: ParameterBlock, flat: Float32Array): void {
    this.copyParameters(which, flat, 'in');
  }

  /** @throws EngineError where there is no such block, e.g. because nothing is gathered. */
  block(which: ParameterBlock): Held {
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

  /** What layers need to work on so many samples. */
  work(count: number): LayerWork {
    const { kernels, stride } = this;
    const [panel, scratch] = [this.panel.address, this.scratch.address];
    return { kernels, stride, samples: paddedSamples(count), panel, scratch };
  }

  /** Copies rows `[count, units]` to or from a level. */
  copy(quads: Held, units: number, rows: Float32Array, count: number, direction: 'in' | 'out'): void {
    copyRows(rows, units, count, this.heap.floats(quads), this.spec.batch, direction);
  }
}
