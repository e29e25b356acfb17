import { inputSize } from '../../network/layers/layers.ts';
import { checkReadsImages } from '../checks.ts';
import { MIXTURE, type Batches, type LabelTable, type Source, type Swap } from '../contract.ts';
import { swapBelow } from '../swap.ts';
import type { Blocks, HeldSplit, Levels } from './blocks.ts';
import type { Held } from './heap.ts';
import { paddedSamples, quads } from './layout.ts';

/** A stage's inputs: each fills the first level and, where there are some, the targets. */
export class Inputs {
  private readonly blocks: Blocks;

  constructor(blocks: Blocks) {
    this.blocks = blocks;
  }

  /**
   * Images `order` of a split and their labels, through the fixed layers where there are some.
   * @param step The optimizer step (from 0) that they train: noise and swapped classes are part of it. Null: as they are.
   */
  gather(levels: Levels, split: HeldSplit, order: Uint32Array, step: number | null): void {
    const { spec, heap, kernels, stride, order: numbers, targets, front, sourceTable } = this.blocks;
    const { source, batch } = spec;
    const { pixels, scale, shift } = checkReadsImages(spec);
    const count = order.length;
    heap.integers(numbers).set(order);
    kernels.gatherImages(
      split.images.address,
      pixels,
      numbers.address,
      (front ? front.levels[0] : levels[0]).address,
      quads(pixels),
      stride,
      count,
      paddedSamples(count),
      scale,
      shift,
    );
    kernels.gatherTargets(split.labels.address, numbers.address, targets.address, count);
    if (!front || source.kind !== 'fixed') return;
    front.fixed.forward(this.blocks.work(count), [...front.levels, levels[0]]);
    const first = (step ?? 0) * batch;
    const swap = step === null ? undefined : source.swap;
    const { table } = source.fixed;
    if (sourceTable && table) addClasses(this.blocks, levels[0], sourceTable, table, count, swap, first);
    if (step !== null) this.addNoise(levels, count, source, first);
  }

  /** The noise on what fixed layers give. */
  private addNoise(
    levels: Levels,
    count: number,
    { noise, noiseKey }: Pick<Extract<Source, { kind: 'fixed' }>, 'noise' | 'noiseKey'>,
    first: number,
  ): void {
    if (noise === 0) return;
    const { spec, kernels, stride } = this.blocks;
    const width = inputSize(spec.layers);
    const place = [levels[0].address, width, stride, count] as const;
    kernels.addNoise(...place, noise, noiseKey.a, noiseKey.b, Math.imul(first, width));
  }

  /** Samples `from … to` of synthetic batches, at optimizer step `step` (from 0). */
  mix(
    levels: Levels,
    batches: Extract<Batches, { kind: 'labels' }>,
    from: number,
    to: number,
    step: number,
  ): void {
    const { spec, heap, kernels, stride, mixture, mixtureWeights, sourceTable } = this.blocks;
    const { table, noise, noiseKey } = spec.source as Extract<Source, { kind: 'labels' }>;
    heap.bytes(mixture).set(batches.classes.subarray(from * MIXTURE, to * MIXTURE));
    heap.floats(mixtureWeights).set(batches.weights.subarray(from * MIXTURE, to * MIXTURE));
    this.setTargets(batches.targets.subarray(from, to));
    kernels.mixLabels(
      sourceTable!.address,
      table.width,
      mixture.address,
      mixtureWeights.address,
      levels[0].address,
      quads(table.width),
      stride,
      to - from,
      paddedSamples(to - from),
      noise,
      noiseKey.a,
      noiseKey.b,
      Math.imul(step * spec.batch, table.width),
    );
  }

  /** Rows `[count, inputs]` handed in. */
  setInput(levels: Levels, rows: Float32Array, count: number): void {
    this.blocks.copy(levels[0], inputSize(this.blocks.spec.layers), rows, count, 'in');
  }

  setTargets(targets: Uint8Array): void {
    this.blocks.heap.bytes(this.blocks.targets).set(targets);
  }

  readTargets(count: number): Uint8Array {
    return this.blocks.heap.bytes(this.blocks.targets).slice(0, count);
  }
}

/** Lays class vectors over a level. @param first Number of the first sample in the stream of the swap. */
export function addClasses(
  { kernels, targets, stride }: Blocks,
  level: Held,
  held: Held,
  { classes, width }: LabelTable,
  count: number,
  swap?: Swap,
  first = 0,
): void {
  const shape = [classes, width, stride, count] as const;
  const { a, b } = swap?.key ?? { a: 0, b: 0 };
  const drawn = [swapBelow(swap), a, b, Math.imul(2, first)] as const;
  kernels.addClasses(level.address, targets.address, held.address, ...shape, ...drawn);
}
