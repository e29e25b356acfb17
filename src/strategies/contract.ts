/**
 * What a strategy must bring: how a network is spread over devices, what that costs on paper, and how the devices
 * work together. One folder per strategy, one line in `registry.ts`; its facts are in `experiment/strategies`.
 */
import type { Device, Spawner } from '../devices/device.ts';
import type { Progress } from '../devices/program.ts';
import type { EngineId, Split } from '../engines/contract.ts';
import type { MemoryByKind } from '../engines/ledger.ts';
import type { DataShape } from '../experiment/datasets.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Turn } from '../experiment/schedule.ts';
import type { StrategyId } from '../experiment/strategies.ts';
import type { Plan } from '../experiment/plan.ts';
import type { SomeParameters } from '../network/initialise.ts';
import type { LayerShape } from '../network/layers/layers.ts';
import type { Programs } from './programs.ts';

/** The training data as a strategy sees it. Images are upright bytes `[count, pixels]`. */
export interface TrainingData {
  readonly pixels: number;
  readonly classes: number;
  readonly train: { readonly images: Uint8Array; readonly labels: Uint8Array; readonly count: number };
  readonly test: { readonly images: Uint8Array; readonly labels: Uint8Array; readonly count: number };
  /** value = byte · scale + shift has mean 0 and std 1 over the training images. */
  readonly scale: number;
  readonly shift: number;
}

/** One device's share, by closed forms: *modelled*, to be held against the ledger. */
export interface DeviceCostEstimate {
  readonly rank: number;
  /** e.g. "Layers 1–3". */
  readonly holds: string;
  /** Number of parameters. */
  readonly parameters: number;
  /** Logical bytes by kind, without an engine's padding; as `workspace` copies on their way to another device or layer. */
  readonly memory: MemoryByKind;
  /** FLOPs of one full training step. */
  readonly flopsPerStep: number;
  /** Bytes this device sends per training step; of what is sent seldom, a step's share. */
  readonly sendsPerStep: number;
}

export interface CostEstimate {
  readonly devices: readonly DeviceCostEstimate[];
  /** Sums over devices. */
  readonly flopsPerStep: number;
  readonly bytesPerStep: number;
  readonly messagesPerStep: number;
  /** Bytes that cross devices when so many images are evaluated: activations, or parameters that are gathered. */
  readonly evaluationBytes: (images: number) => number;
}

/** Weights to begin with in place of random ones, and the layers they were read for. */
export interface GivenWeights extends SomeParameters {
  readonly shapes: readonly LayerShape[];
}

/** Everything a strategy needs to open a run. */
export interface RunContext {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly data: TrainingData;
  /** None: the seed's own initial weights. */
  readonly weights?: SomeParameters | null;
  /** Engine of each rank; ranks beyond the list use the first. */
  readonly engines: readonly EngineId[];
  readonly spawn: Spawner;
  /** Threads that each of so many devices may use; one where it is not said. */
  readonly threads?: (devices: number) => number;
  /** Aborted when the run is not wanted any more: opening it ends its devices at once and rejects. */
  readonly signal?: AbortSignal;
  /** Whether each engine should test its arithmetic on the first device that uses it. */
  readonly check: boolean;
}

/** Some consecutive optimizer steps within one epoch. */
export interface TurnRequest {
  readonly phase: 'training' | 'recovery';
  /** Steps of the phase, counted from its start; the epoch counts on through recovery. */
  readonly turn: Turn;
  /** Learning rate that is set, before the schedule. */
  readonly learningRate: number;
  /** Learning rate of each step. */
  readonly learningRates: Float32Array;
  readonly onProgress: (progress: Progress) => void;
}

export interface TurnReport {
  /**
   * Mean cross-entropy of the turn's batches, where the strategy sees it: the whole network's. Null for SIL, whose
   * partitions only know their own objectives.
   */
  readonly loss: number | null;
  /** Milliseconds the strategy worked: wall clock of the turn without pauses. */
  readonly ms: number;
  /** Per rank: mean loss of its own objective over the turn, the steps it took and the milliseconds it computed. */
  readonly ranks: readonly { readonly loss: number; readonly steps: number; readonly ms: number }[];
  /** FLOPs of the steps taken, all devices (closed form × steps). */
  readonly flops: number;
}

export interface EvaluationReport {
  /** Of the joined network, 0 … 1. */
  readonly accuracy: number;
  /** The same of each class's images alone `[classes]`; null for classes without any. Empty where nothing was measured. */
  readonly classAccuracy: readonly (number | null)[];
  /** Mean cross-entropy of the joined network. */
  readonly loss: number;
  readonly count: number;
  /**
   * Per cut: share of images whose nearest label vector there is their class's, one-hot where the part before it answers
   * with classes; NaN where none are. Empty without cuts.
   */
  readonly nearestLabel: readonly number[];
  /** Per cut: share of the boundary's units that are zero for every image seen. */
  readonly deadUnits: readonly number[];
  readonly ms: number;
}

/** A strategy at work on its devices. */
export interface StrategyRun {
  readonly devices: readonly Device<Programs>[];
  /** Resolves with a sentence if a device is lost without which the run cannot go on. */
  readonly failed: Promise<Error>;
  /** Devices lost that the others do without, by rank, with a sentence each. */
  readonly lost: ReadonlyMap<number, string>;
  /** Hears of each device that `lost` gains, before any call to it rejects. */
  onLost(listener: () => void): void;
  /** Whether all devices are there that hold a part of the network: without them nothing can be evaluated. */
  readonly whole: boolean;
  /** Puts a new device in the place of a lost one and lets it do what it missed. `close` ends it, too. */
  restart(rank: number): Promise<void>;
  turn(request: TurnRequest): Promise<TurnReport>;
  /** Evaluates the joined network on the images of a split with these indices. */
  evaluate(split: Split, order: Uint32Array): Promise<EvaluationReport>;
  /** Called once before the first turn of phase `recovery`: makes one network of the parts. */
  beginRecovery(): Promise<void>;
  /** Parameters of the joined network, flat. */
  parameters(): Promise<Float32Array<ArrayBuffer>>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Stops whatever runs and frees every device. */
  close(): Promise<void>;
}

/** Devices that are separate machines: what modelling a step's time there needs. */
export interface Machines {
  readonly experiment: Experiment;
  readonly plan: Plan;
  readonly costEstimate: CostEstimate;
  /** Seconds each device computes per step, measured. */
  readonly compute: readonly number[];
  readonly link: Interconnect;
}

export interface Interconnect {
  /** Bytes a second in each direction between two machines. */
  readonly bandwidth: number;
  /** Seconds until the first byte of a message arrives. */
  readonly latency: number;
}

export interface Strategy<Id extends StrategyId = StrategyId> {
  readonly id: Id;
  /** How many devices it uses for this plan. */
  devices(plan: Plan): number;
  costEstimate(experiment: Experiment, plan: Plan, data: DataShape): CostEstimate;
  /** *Modelled* seconds of one training step on separate machines. */
  stepSeconds(machines: Machines): number;
  /** How `stepSeconds` comes about, for a person. */
  readonly stepFormula: string;
  open(context: RunContext): Promise<StrategyRun>;
}
