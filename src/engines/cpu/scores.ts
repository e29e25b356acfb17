import { outputSize } from '../../network/layers/layers.ts';
import { aimsAtImages, tableOf } from '../ends.ts';
import type { Blocks, Levels } from './blocks.ts';
import { addClasses } from './inputs.ts';
import { paddedSamples, quads } from './layout.ts';

/** How a stage's output is scored, a kind of objective each; the gradient of that lies in `delta` afterwards. */
export class Scores {
  private readonly blocks: Blocks;

  constructor(blocks: Blocks) {
    this.blocks = blocks;
  }

  /**
   * Loss summed over the samples in `levels`, against the current targets. Leaves its gradient, averaged over
   * `divisor` samples, for `backward`. With the classes' weights, unless it is plainly scored.
   */
  loss(levels: Levels, count: number, divisor: number, weighted = true): number {
    const { spec, kernels, stride, delta, targets, targetTable, classWeights } = this.blocks;
    const objective = spec.objective!;
    const y = levels[levels.length - 1].address;
    const outputs = outputSize(spec.layers);
    const shape = [quads(outputs), stride, count, paddedSamples(count)] as const;
    const ends = [y, delta.address, targets.address] as const;
    const weights = (weighted && classWeights?.address) || 0;
    switch (objective.kind) {
      case 'classes':
        return kernels.softmaxLoss(...ends, outputs, ...shape, 1 / divisor, weights);
      case 'labels': {
        const factors = [objective.scale, 1 / divisor] as const;
        return kernels.distanceLoss(...ends, targetTable!.address, outputs, ...shape, ...factors, weights);
      }
      case 'hybrid': {
        const { scale, weight, sharpness, table } = objective;
        const labels = [targetTable!.address, table.classes, outputs] as const;
        const numbers = [scale, weight, sharpness, 1 / divisor, weights] as const;
        return kernels.hybridLoss(...ends, ...labels, ...shape, ...numbers, this.blocks.scratch.address);
      }
      case 'fixed': {
        const { aims, front } = this.blocks;
        const { fixed, levels: given } = aims!;
        const seen = aimsAtImages(spec) ? front!.levels[0] : levels[0];
        fixed.forward(this.blocks.work(count), [seen, ...given]);
        const aimed = given[given.length - 1];
        const { table } = objective.fixed;
        if (targetTable && table) addClasses(this.blocks, aimed, targetTable, table, count);
        const factors = [objective.scale, 1 / divisor, weights] as const;
        return kernels.aimLoss(...ends, aimed.address, ...shape, ...factors);
      }
    }
  }

  /** Samples in `levels` whose answer is their target. */
  correct(levels: Levels, count: number): number {
    const { spec, kernels, stride, targets, targetTable, scratch } = this.blocks;
    const objective = spec.objective!;
    const ends = [levels[levels.length - 1].address, targets.address] as const;
    switch (objective.kind) {
      case 'classes':
        return kernels.countLargest(...ends, objective.classes, stride, count);
      case 'fixed':
      case 'labels':
      case 'hybrid': {
        const table = tableOf(objective);
        if (!table) return 0;
        const labels = [targetTable!.address, table.classes, table.width] as const;
        return kernels.countNearest(...ends, ...labels, quads(table.width), stride, count, scratch.address);
      }
    }
  }

  /** Takes ∂loss/∂output as rows `[count, outputs]`, in place of `loss`. */
  setGradient(rows: Float32Array, count: number): void {
    this.blocks.copy(this.blocks.delta, outputSize(this.blocks.spec.layers), rows, count, 'in');
  }
}
