/** What one experiment is: plain JSON, wholly contained in a link. */
import type { Activation, HiddenLayer } from '../network/spec.ts';
import type { OptimizerId } from '../network/optimizers/registry.ts';
import type { LabelCode } from '../labels/codes.ts';
import type { Mix } from '../labels/mixes.ts';
import type { Balance } from './balances.ts';
import type { EngineId } from './engines.ts';
import type { DatasetId } from './datasets.ts';
import type { StrategyId } from './strategies.ts';

export type EngineChoice = 'auto' | EngineId;

export const SCHEDULES = ['constant', 'cosine'] as const;
export type Schedule = (typeof SCHEDULES)[number];

export const BOUNDARY_CHOICES = ['auto', 'linear', 'relu'] as const;
export type BoundaryChoice = (typeof BOUNDARY_CHOICES)[number];

export const TARGET_CHOICES = ['codes', 'features', 'auto'] as const;
/** What the first partition learns to answer with; `auto`: features where it is a single layer, label vectors else. */
export type TargetChoice = (typeof TARGET_CHOICES)[number];

export const REDUCTIONS = ['mean', 'sum'] as const;
export type Reduction = (typeof REDUCTIONS)[number];

export const PIPELINE_SCHEDULES = ['1f1b', 'gpipe'] as const;
/** Order of a pipeline's forward and backward passes: GPipe (Huang et al. 2019) or 1F1B (Narayanan et al. 2019). */
export type PipelineSchedule = (typeof PIPELINE_SCHEDULES)[number];

/** `table.ts` says what each field means, its default and its limits. */
export interface Experiment {
  readonly data: DatasetId;
  /** Hidden layers, in order: a dense one's units, or `ln` for layer normalisation of what stands before it. */
  readonly layers: readonly HiddenLayer[];
  readonly activation: Activation;
  /** After which hidden layers the network is cut, counted from 1; strictly increasing. */
  readonly cuts: readonly number[];
  readonly strategies: readonly StrategyId[];
  /** One for all devices, or one per partition. */
  readonly engine: readonly EngineChoice[];
  /** Threads of the processor for each device; 0: its share of the cores. Changes no bits. */
  readonly threads: number;
  /** Devices of data parallelism and FSDP; 0: as many as there are partitions. */
  readonly devices: number;
  /** Parts of a batch in a pipeline. */
  readonly microBatches: number;
  readonly pipeline: PipelineSchedule;
  /** Steps that a stage with a loss of its own may be behind the one before it. */
  readonly lag: number;
  readonly optimizer: OptimizerId;
  readonly learningRate: number;
  /** Weight decay, for optimizers that have one. */
  readonly decay: number;
  readonly schedule: Schedule;
  readonly batch: number;
  readonly epochs: number;
  /** What is done about classes of which there are few training images. */
  readonly balance: Balance;
  readonly seed: number;
  /** Factor on the output layer's initial weights. */
  readonly initScale: number;
  /** One for all cuts, or one per cut. */
  readonly code: readonly LabelCode[];
  /** None: each code's own default; one for all cuts; or one per cut. */
  readonly scale: readonly number[];
  readonly boundary: BoundaryChoice;
  /** Factor on the initial weights of label-producing layers; 0: the boundary's own default. */
  readonly labelInitScale: number;
  readonly sparsity: number;
  readonly mix: Mix;
  /** Multiple of the labels' rms. */
  readonly noise: number;
  /** Steps of later partitions in all; 0: as many as the first. */
  readonly labelSteps: number;
  readonly reduction: Reduction;
  readonly targets: TargetChoice;
  /** Steps of the first partition that the second repeats, to train on what it gives then; 0: none. */
  readonly copy: number;
  /** Share of the units at a cut that carry the image in place of the class; 0: none. */
  readonly carry: number;
  /** Share of the samples in which a later partition is shown another class's vector beside what is carried. */
  readonly swap: number;
  /** Weight of a cross-entropy over the distances to all label vectors, beside the mean squared distance to the own one. */
  readonly hybrid: number;
  readonly recovery: number;
  readonly recoveryLearningRate: number;
  /** Steps per turn; 0: an epoch. */
  readonly turn: number;
  /** Test images per evaluation; 0: all. */
  readonly test: number;
}

export type FieldName = keyof Experiment;
