/** Everything a person can see of a session, in one plain object. The page draws this and nothing else. */
import type { Answers } from '../data/answers.ts';
import type { PlacedWeights } from './given-weights.ts';
import type { MemoryLevel } from './memory-levels.ts';
import type { TrafficCount, TrafficPhase, TrafficReading } from '../devices/traffic.ts';
import type { Span, SpanTotals } from '../devices/spans.ts';
import type { EngineAbout, EngineId, TunedProduct } from '../engines/contract.ts';
import type { MemoryByKind, MemoryReading } from '../engines/ledger.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Notice } from '../experiment/link.ts';
import type { Plan } from '../experiment/plan.ts';
import type { StrategyId } from '../experiment/strategies.ts';
import type { DatasetAvailability } from '../data/loader.ts';
import type { Dataset } from '../data/dataset.ts';
import type { LearningRateChange } from './turns.ts';
import type { CostEstimate } from '../strategies/contract.ts';

export type DatasetState =
  | { readonly status: 'none' }
  | {
      readonly status: 'loading';
      readonly id: string;
      /** What is being done, for a person: "Downloading", "Unpacking". */
      readonly phase: string;
      readonly file: string | null;
      readonly loaded: number;
      /** Bytes, or null while unknown. */
      readonly total: number | null;
    }
  | { readonly status: 'ready'; readonly dataset: Dataset }
  /** Dropped files that leave something open: this is how they were understood, with the answers given so far. */
  | { readonly status: 'asking'; readonly dataset: Dataset; readonly answers: Answers }
  /** `id` is what was asked for; an earlier data set, if any, goes on being used (`session.dataset` keeps it). */
  | { readonly status: 'failed'; readonly id: string; readonly message: string };

/** Which engine runs, and why, in words. */
export interface EngineState {
  /** One for all devices or one per partition; null while it is being found out, or where nothing can run (then `why` says what to do). */
  readonly chosen: readonly EngineId[] | null;
  /** What trained so far: each engine once. */
  readonly abouts: readonly EngineAbout[];
  readonly why: string;
}

/**
 * - `idle`: nothing trained yet (or after a reset)
 * - `waiting`: training was asked for and begins when data and engine are there
 * - `preparing`: devices being opened
 * - `finished`: all epochs done
 */
export type RunStatus = 'idle' | 'waiting' | 'preparing' | 'running' | 'paused' | 'finished' | 'failed';

/** Whether training goes on, or will by itself: what can be paused. */
export const isGoing = (status: RunStatus): boolean =>
  status === 'waiting' || status === 'preparing' || status === 'running';

/** The run that is shown: what it was opened with, whatever the settings say by now. */
export interface RunFacts {
  /** Of this session: two runs never share it. */
  readonly id: number;
  /** Its settings as a link: the strategies that it shows, the learning rate that it began with. */
  readonly fragment: string;
  /** Learning rates that were set on the way. */
  readonly learningRateChanges: readonly LearningRateChange[];
  readonly data: Pick<Dataset, 'id' | 'name' | 'digest'>;
  /** File of the weights that it began with; null for the seed's own. */
  readonly weights: string | null;
  /** By rank; ranks beyond the list use the first. */
  readonly engines: readonly EngineId[];
}

/** One point of a strategy's curves, made at the end of a turn. Everything is cumulative since the strategy's start. */
export interface Point {
  readonly phase: 'start' | 'training' | 'recovery';
  readonly step: number;
  /** Fractional. */
  readonly epochs: number;
  readonly samples: number;
  /** The strategy's own clock: seconds of its own turns. */
  readonly seconds: number;
  /** Closed form × steps taken, all devices. */
  readonly flops: number;
  /** Bytes that crossed devices for training. */
  readonly bytes: number;
  readonly learningRate: number;
  /** 0 … 1, of the joined network. */
  readonly testAccuracy: number;
  /** Mean of the classes' accuracies; NaN in recordings from before it was measured. */
  readonly balancedAccuracy: number;
  /** On the test images of each class; null for classes without any. Empty where it was not measured or not kept. */
  readonly classAccuracy: readonly (number | null)[];
  readonly trainAccuracy: number | null;
  /** Mean cross-entropy on the test images; on the training batches of the turn (null at the start). */
  readonly testLoss: number;
  readonly trainLoss: number | null;
  /** Per rank, the mean of its own objective over the turn. */
  readonly rankLosses: readonly number[];
  readonly nearestLabel: readonly number[];
  readonly deadUnits: readonly number[];
  /** Samples per second of this turn (null at the start). */
  readonly throughput: number | null;
  /** Measured bytes per device by kind at this moment, and each device's high-water mark. */
  readonly memory: readonly MemoryReading[];
}

export interface DeviceState {
  readonly rank: number;
  readonly about: EngineAbout;
  /** Kernels its engine chose by trying. */
  readonly tuned: readonly TunedProduct[];
  readonly memory: MemoryReading;
  /** Sent by this device, by phase. */
  readonly sent: Readonly<Record<TrafficPhase, TrafficCount>>;
  /** The same by the rank it went to. */
  readonly sentTo: TrafficReading;
  /** The newest spans, oldest first. */
  readonly spans: readonly Span[];
  /** Milliseconds spent on each kind of work since the beginning. */
  readonly spent: SpanTotals;
  /** Set when the device is gone. */
  readonly lost: string | null;
}

export type StrategyStatus =
  | 'idle'
  | 'preparing'
  | 'turn'
  | 'waiting'
  | 'evaluating'
  /** The partitions become one network. */
  | 'joining'
  | 'finished'
  | 'failed';

export interface StrategyState {
  readonly id: StrategyId;
  readonly status: StrategyStatus;
  readonly phase: 'training' | 'recovery';
  readonly step: number;
  readonly epochs: number;
  readonly seconds: number;
  /** Of the turn under way, per rank: steps done, newest loss (NaN where none yet), and whether that was all. */
  readonly rankProgress: readonly { readonly steps: number; readonly loss: number; readonly done: boolean }[];
  readonly points: readonly Point[];
  /** What its devices held at most, by what they did; none in recordings from before it was kept. */
  readonly memoryLevels: readonly MemoryLevel[];
  readonly devices: readonly DeviceState[];
  /** A sentence, when status is `failed`. */
  readonly error: string | null;
  /** Set where that was because its steps were too long for the loss to stay a number. */
  readonly diverged?: true;
  /** Things worth knowing that are no errors, e.g. a dead boundary. */
  readonly warnings: readonly string[];
  /** Accuracy on ALL test images, measured when the strategy has finished. */
  readonly final: {
    readonly accuracy: number;
    readonly count: number;
    /** Per cut, while the parts are apart: share whose nearest label is their class's; null at a cut without labels. */
    readonly nearestLabel?: readonly (number | null)[] | undefined;
    /** As of a point; none in recordings from before it was measured, and by class none in a link. */
    readonly balancedAccuracy?: number | undefined;
    readonly classAccuracy?: readonly (number | null)[] | undefined;
  } | null;
}

/** Where and when something was recorded, and on which data. */
export interface RecordingOrigin {
  /** Engines and adapters that trained it. */
  readonly machine: string;
  /** ISO 8601, UTC, to the minute. */
  readonly date: string;
  /** Name of the data set. */
  readonly data: string;
  readonly learningRateChanges?: readonly LearningRateChange[] | undefined;
  /** File of the weights that it began with. */
  readonly weights?: string | undefined;
}

export interface SessionState {
  readonly experiment: Experiment;
  /** The settings' address: what comes after '#'. */
  readonly fragment: string;
  /** The run in hand; null while nothing has begun with these settings, and for a recording. */
  readonly run: RunFacts | null;
  readonly notices: readonly SessionNotice[];
  readonly sets: readonly DatasetAvailability[];
  readonly data: DatasetState;
  /** The data set in use: the run's own where there is one; stays while another one loads or fails. */
  readonly dataset: Dataset | null;
  readonly engine: EngineState;
  /** Layers, partitions, initial scales; null until a data set is there. */
  readonly plan: Plan | null;
  /** Of every strategy, switched on or not. */
  readonly costEstimates: Readonly<Partial<Record<StrategyId, CostEstimate>>>;
  /** Label vectors at each cut, `[classes, width]`, for the heat maps; null where features stand in their place. */
  readonly labels: readonly {
    readonly cut: number;
    readonly width: number;
    readonly values: Float32Array<ArrayBuffer> | null;
  }[];
  readonly status: RunStatus;
  readonly weights: PlacedWeights | null;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  readonly recoverySteps: number;
  readonly strategies: Readonly<Partial<Record<StrategyId, StrategyState>>>;
  /** Also measure accuracy on training images at each turn. */
  readonly trainAccuracy: boolean;
  /** Set while what is shown was recorded elsewhere or earlier: where it ran and when. Nothing trains. */
  readonly recording: RecordingOrigin | null;
  /** Whether there is a change that `undo` takes back, and one that `redo` makes again. */
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

export interface SessionNotice extends Notice {
  readonly id: number;
  /** Offers to bring back what the change put aside: `undo` to this many changes. */
  readonly undoTo?: number;
}

export type { MemoryByKind };
