/**
 * What follows from where a stage's input comes from and what its output should be. Each is an exhaustive choice: a new
 * kind of either is named here, and in each engine's own choices, by the type checker.
 */
import { sizeOf } from '../network/layers/layer.ts';
import type { LabelLoss } from '../network/reference.ts';
import { levelSizes, outputSize } from '../network/layers/layers.ts';
import type {
  Batches,
  FixedLayers,
  ImageSource,
  LabelTable,
  Objective,
  Source,
  StageInput,
  StageSpec,
} from './contract.ts';

/** Label vectors that have to lie on the device. */
export function tableOf(end: Source | Objective): LabelTable | null {
  switch (end.kind) {
    case 'labels':
    case 'hybrid':
      return end.table;
    case 'fixed':
      return end.fixed.table ?? null;
    case 'images':
    case 'activations':
    case 'classes':
      return null;
  }
}

/** Layers that have to lie on the device beside the stage's own. */
export function fixedOf(end: Source | Objective): FixedLayers | null {
  switch (end.kind) {
    case 'fixed':
      return end.fixed;
    case 'labels':
    case 'hybrid':
    case 'images':
    case 'activations':
    case 'classes':
      return null;
  }
}

/**
 * Numbers a sample at the levels of a stage's fixed layers that are none of its own levels: the images and every output
 * but the last before the stage, every output beside it.
 */
export function fixedLevels({ source, objective }: Pick<StageSpec, 'source' | 'objective'>) {
  const [front, beside] = [fixedOf(source), objective && fixedOf(objective)];
  return {
    front: front ? levelSizes(front.layers).slice(0, -1) : [],
    beside: beside ? levelSizes(beside.layers).slice(1) : [],
  };
}

/** Whether what is aimed at is made of the images that the stage makes its own input of, too. */
export const aimsAtImages = ({ source, objective }: Pick<StageSpec, 'source' | 'objective'>): boolean =>
  source.kind === 'fixed' && objective?.kind === 'fixed';

/** How the images are read that have to lie on the device. */
export function imagesOf(source: Source): ImageSource | null {
  switch (source.kind) {
    case 'images':
    case 'fixed':
      return source;
    case 'labels':
    case 'activations':
      return null;
  }
}

/** What a stage trains on by itself. */
export function batchesOf(source: Source): Batches['kind'] | null {
  switch (source.kind) {
    case 'images':
    case 'fixed':
      return 'images';
    case 'labels':
      return 'labels';
    case 'activations':
      return null;
  }
}

/** Samples of what is handed in. */
export const countOf = (input: StageInput): number =>
  input.kind === 'images' ? input.order.length : input.count;

/** Numbers in a sample of the input. Images and label vectors are read row-major in the first layer's shape. */
export function sourceWidth(source: Source): number {
  switch (source.kind) {
    case 'images':
      return source.pixels;
    case 'fixed':
      return outputSize(source.fixed.layers);
    case 'labels':
      return source.table.width;
    case 'activations':
      return sizeOf(source.shape);
  }
}

/** Whether a stage that exchanges goes back to its own input: only where somebody waits for that gradient. */
export function wantsInputGradient(source: Source): boolean {
  switch (source.kind) {
    case 'images':
    case 'labels':
    case 'fixed':
      return false;
    case 'activations':
      return source.gradient ?? true;
  }
}

/** Units that the last layer has to have, and what they are called. */
export function objectiveWidth(objective: Objective): readonly [what: string, units: number] {
  switch (objective.kind) {
    case 'classes':
      return ['classes for the last layer', objective.classes];
    case 'labels':
    case 'hybrid':
      return ['numbers in a label', objective.table.width];
    case 'fixed':
      return ['numbers that fixed layers give', outputSize(objective.fixed.layers)];
  }
}

/** More classes than a byte can name. */
export const ANY_CLASS = 256;

/** Classes a target may name. */
export function classesOf(objective: Objective): number {
  switch (objective.kind) {
    case 'classes':
      return objective.classes;
    case 'labels':
    case 'hybrid':
      return objective.table.classes;
    case 'fixed':
      return objective.fixed.table?.classes ?? ANY_CLASS;
  }
}

/** Whether right answers are counted while it trains: not where that would cost a product a step. */
export function countsWhileTraining(objective: Objective): boolean {
  switch (objective.kind) {
    case 'classes':
    case 'hybrid':
      return true;
    case 'labels':
    case 'fixed':
      return false;
  }
}

/** What a partition learns whose output is to be near its class's label vector. */
export function labelObjective(table: LabelTable, loss: LabelLoss): Objective {
  return loss.weight > 0 ? { kind: 'hybrid', table, ...loss } : { kind: 'labels', table, scale: loss.scale };
}
