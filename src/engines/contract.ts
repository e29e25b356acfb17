/**
 * What an engine must do. One engine lives on one device (a worker) and does its arithmetic.
 *
 * An engine builds *stages*: contiguous runs of layers with their optimizer. A stage trains in one of two ways:
 *
 * - **local** — it holds its inputs and targets and runs whole optimizer steps with no round trip to the host
 *   (`train`). Conventional training and every SIL partition use this. No gradient buffer needs to exist.
 * - **exchange** — `forward` / `backward` / `optimizerStep`, one micro-batch at a time, tensors in and out. The strategies
 *   that talk to each other use this; with parameters that are only gathered for a while where the network is sharded.
 *
 * Everything here is float32; matrices are row-major; parameters are flat as `network/spec.ts` lays them out.
 * `engines/reference` is this contract in plain TypeScript, and `engines/contract-tests/` holds every engine to it.
 */
import type { DeviceLoss } from './errors.ts';
import { ENGINE_IDS, type EngineId } from '../experiment/engines.ts';
import type { Shape } from '../network/layers/layer.ts';
import type { LayerSpec } from '../network/layers/layers.ts';
import type { OptimizerId } from '../network/optimizers/registry.ts';
import type { StreamKey } from '../network/random.ts';
import type { LabelLoss } from '../network/reference.ts';
import type { HeldKind, MemoryMoment, MemoryReading } from './ledger.ts';

export { ENGINE_IDS, type EngineId };

/** Label vectors of one cut: `values` is `[classes, width]`. */
export interface LabelTable {
  readonly classes: number;
  readonly width: number;
  readonly values: Float32Array;
}

/** Bytes of images resident on the device (`load`), read as `byte · scale + shift` in the first layer's shape. */
export interface ImageSource {
  readonly pixels: number;
  readonly scale: number;
  readonly shift: number;
}

/**
 * Layers that never change. What stands at a cut can be made by them on both of its sides, so that nothing is sent.
 * A stage holds their parameters (kind `labels`) and what they give for a batch (kind `activations`).
 */
export interface FixedLayers {
  readonly layers: readonly LayerSpec[];
  /** Flat, as a stage's own. */
  readonly parameters: Float32Array;
  /** Class vectors laid over what the layers give: each sample's own is added. Kind `labels`, too. */
  readonly table?: LabelTable | undefined;
}

/**
 * A stage that trains is shown another class's vector now and then, so that it learns not to trust them: sample b at
 * optimizer step t (from 0) with batch size B has number s = t · B + b mod 2³² and, where
 * `wordAt(key, 2 · s) >>> 8` is below `share` · 2²⁴ (rounded), the vector of class `wordAt(key, 2 · s + 1)` mod classes.
 * What it learns of the sample stays right.
 */
export interface Swap {
  readonly share: number;
  readonly key: StreamKey;
}

/** Where a stage's input comes from. */
export type Source =
  | ({ readonly kind: 'images' } & ImageSource)
  /**
   * Synthetic labels of the cut before this stage: a weighted sum of up to MIXTURE class vectors plus noise.
   * Noise of unit u of sample b at the stage's optimizer step t (from 0) with batch size B and width W is
   * `noise · roughNormal(wordAt(noiseKey, (t · B + b) · W + u mod 2³²))`; none when `noise` is 0.
   */
  | {
      readonly kind: 'labels';
      readonly table: LabelTable;
      readonly noise: number;
      readonly noiseKey: StreamKey;
    }
  /**
   * What fixed layers make of the images, the last one's output being the stage's input; while training plus noise as
   * above, and with class vectors swapped. Local stages only.
   */
  | ({
      readonly kind: 'fixed';
      readonly fixed: FixedLayers;
      readonly noise: number;
      readonly noiseKey: StreamKey;
      /** Only where the layers have class vectors. Without it every sample has its own. */
      readonly swap?: Swap | undefined;
    } & ImageSource)
  /**
   * Activations handed in by the caller, `[n, …shape]`: what the first layer takes. With `gradient` false nobody asks for
   * theirs, so that `backward` neither computes nor returns it. Default true.
   */
  | { readonly kind: 'activations'; readonly shape: Shape; readonly gradient?: boolean };

/** What a stage's output should be. A further kind is a row here; the type checker then asks `ends.ts` and every engine. */
export type Objective =
  /** Softmax cross-entropy, mean over the batch. The stage's last layer is linear with `classes` outputs. */
  | { readonly kind: 'classes'; readonly classes: number }
  /** Squared distance to the class's label vector × `scale`, mean over the batch (`network/reference.ts`). */
  | { readonly kind: 'labels'; readonly table: LabelTable; readonly scale: number }
  /** The same plus cross-entropy over the distances to all label vectors (`hybridLoss` in `network/reference.ts`). */
  | ({ readonly kind: 'hybrid'; readonly table: LabelTable } & LabelLoss)
  /**
   * Squared distance to what fixed layers make × `scale`, mean over the batch: of the images where the stage makes its own
   * input of those, else of its own input. An answer counts as right if no other class vector laid over them is nearer;
   * without class vectors it knows no classes, and none counts.
   * What is scored from activations handed in where images would be needed has the loss NaN.
   */
  | { readonly kind: 'fixed'; readonly fixed: FixedLayers; readonly scale: number };

export interface StageSpec {
  readonly layers: readonly LayerSpec[];
  /** Initial parameters, flat; empty for a `gathered` stage. Copied; the caller keeps its array. */
  readonly parameters: Float32Array;
  /** Samples in the largest batch (or micro-batch) that will be trained on. Inference may ask for more: chunk it. */
  readonly batch: number;
  readonly optimizer: OptimizerId;
  /** Weight decay of an optimizer that has one; 0 for none. */
  readonly decay: number;
  readonly source: Source;
  /** `null` on a stage in the middle of an exchange: its output's gradient comes from the next stage. */
  readonly objective: Objective | null;
  /**
   * Factor on a sample's loss by its class `[classes]`, wherever that loss is trained on or reported from training
   * (`train`, `forward`, `backward`, `look`). What `infer` scores is never weighted. Without it every factor is 1.
   */
  readonly classWeights?: Float32Array | undefined;
  /**
   * `local` stages never allocate gradients. `gathered` ones exchange, but own no parameters, gradients or moments: they
   * hold gathered parameters for a while (`holdGathered`), which is how a fully sharded network uses a layer.
   */
  readonly training: 'local' | 'exchange' | 'gathered';
  /** Not for local stages: how many micro-batches may be in flight (forward done, backward not). Default 1. */
  readonly inFlight?: number;
}

/** Label vectors one synthetic input may mix. */
export const MIXTURE = 4;

/** The samples of one or more consecutive batches; the last batch may be short. */
export type Batches =
  /** Indices into the loaded training images, batch after batch. */
  | { readonly kind: 'images'; readonly order: Uint32Array }
  /** `classes` and `weights` are `[n, MIXTURE]` (unused slots: weight 0), `targets` `[n]`. */
  | {
      readonly kind: 'labels';
      readonly classes: Uint8Array;
      readonly weights: Float32Array;
      readonly targets: Uint8Array;
    };

export interface LocalTraining {
  readonly batches: Batches;
  /** Learning rate of each step; its length is the number of steps, ⌈samples / spec.batch⌉. */
  readonly learningRates: Float32Array;
}

export interface LocalResult {
  /** Mean loss over its batch (weighted where the classes are), per step, before that step's update. */
  readonly losses: Float32Array;
  /** Samples classified right per step (zeros for `labels` and `fixed` objectives, where it would cost a product). */
  readonly correct: Uint32Array;
}

/** Input to `forward` and `infer`. */
export type StageInput =
  | { readonly kind: 'images'; readonly split: Split; readonly order: Uint32Array }
  /** `values` `[count, …shape]`; `targets` `[count]` where the stage has an objective and is to score. */
  | {
      readonly kind: 'activations';
      readonly count: number;
      readonly values: Float32Array;
      readonly targets?: Uint8Array;
    };

export type Split = 'train' | 'test';

/** Loss summed (not averaged) over samples, and how many were right (for a `labels` objective: nearest label). */
export interface Score {
  readonly loss: number;
  readonly correct: number;
  readonly count: number;
}

/** What a stage says of itself when asked. */
export interface Look {
  /** What each layer gives, `[count, outputs]`. */
  readonly outputs: readonly Float32Array[];
  /** Euclidean norm of ∂loss/∂parameters of each layer, the loss averaged over the samples; only if asked for. */
  readonly gradientNorms?: readonly number[];
}

export interface Stage {
  readonly spec: StageSpec;

  /** Copies a split's images `[count, pixels]` and labels `[count]` onto the device (kind `data`). Replaces an earlier one. */
  load(split: Split, images: Uint8Array, labels: Uint8Array): Promise<void>;

  /** Runs `rates.length` optimizer steps on local inputs and targets. */
  train(request: LocalTraining): Promise<LocalResult>;

  /**
   * Forward for training: keeps what `backward` needs under the key `micro` (0 … inFlight − 1).
   * @param want With `output`, a stage with an objective gives both: one with a head of its own passes activations on.
   * @returns The output `[count, outputs]` if the stage has no objective or it is wanted; the score if it has one.
   */
  forward(
    microBatch: number,
    input: StageInput,
    want?: { output?: boolean },
  ): Promise<{ output?: Float32Array; score?: Score }>;

  /**
   * Backward of micro-batch `micro`; adds to the gradients, frees its activations for reuse.
   * @param gradient ∂loss/∂output `[count, outputs]`; omitted on a stage with an objective.
   * @param divisor Samples the loss is averaged over: the whole batch, not the micro-batch. Used with an objective.
   * @returns ∂loss/∂input `[count, inputs]`, or nothing for a stage whose source asks for none.
   */
  backward(
    microBatch: number,
    options: { gradient?: Float32Array; divisor: number },
  ): Promise<Float32Array | null>;

  /** One optimizer step with the accumulated gradients, then zeroes them. */
  optimizerStep(learningRate: number): Promise<void>;

  /** Forward without training. Any count; noise-free. `output` and `score` only if asked for. */
  infer(
    input: StageInput,
    want: { output?: boolean; score?: boolean },
  ): Promise<{ output?: Float32Array; score?: Score }>;

  /**
   * Activations and gradient norms by layer, of at most `batch` samples. Only on stages that exchange, and with no
   * micro-batch in flight; for gradients, only where there is an objective. Training goes on as if nobody had asked:
   * parameters, gradients and moments stay.
   */
  look(input: StageInput, want?: { gradients?: boolean }): Promise<Look>;

  /**
   * Gathered stages only: makes room for the parameters and copies them in; with `backward`, also for gradients, zeroed.
   * Without it only `forward` and `infer` work until `release`.
   */
  holdGathered(values: Float32Array, use: 'forward' | 'backward'): Promise<void>;
  /** Gathered stages only: frees parameters and gradients. Activations of micro-batches in flight stay. */
  release(): Promise<void>;

  readParameters(): Promise<Float32Array<ArrayBuffer>>;
  writeParameters(values: Float32Array): Promise<void>;
  /** Accumulated gradients, flat like the parameters. Not on local stages. */
  readGradients(): Promise<Float32Array<ArrayBuffer>>;
  writeGradients(values: Float32Array): Promise<void>;
  /** Optimizer moments (each flat like the parameters) and the number of steps taken. */
  readOptimizer(): Promise<OptimizerState>;
  writeOptimizer(state: OptimizerState): Promise<void>;

  /** Frees everything the stage allocated. */
  dispose(): void;
}

export interface OptimizerState {
  readonly step: number;
  readonly moments: readonly Float32Array<ArrayBuffer>[];
}

/** Part of some parameters with its gradients and moments: what a device of a fully sharded network keeps. */
export interface Shard {
  readonly length: number;
  /** @param use What the copy's way to the host counts as: `looking` where it is not for training. Default `workspace`. */
  read(use?: 'workspace' | 'looking'): Promise<Float32Array<ArrayBuffer>>;
  /** The gradients the next `apply` uses. */
  writeGradients(values: Float32Array): Promise<void>;
  /** One optimizer step with them. */
  optimizerStep(learningRate: number): Promise<void>;
  dispose(): void;
}

/** What an engine runs on, in words a person can read. */
export interface EngineAbout {
  readonly engine: EngineId | 'reference';
  /** e.g. "NVIDIA GeForce RTX 3060", "SwiftShader (software)", "WebAssembly, relaxed SIMD, revision 2". */
  readonly name: string;
  /** True where no hardware accelerates it (a software GPU adapter). */
  readonly software: boolean;
  /** Further facts: limits, features, chosen kernels. */
  readonly details: Readonly<Record<string, string>>;
}

/** The three products of a layer: X · W, dY · Wᵀ, Xᵀ · dY. */
export type ProductName = 'forward' | 'input gradient' | 'weight gradient';

/** Which kernel an engine chose for a product, by trying. */
export interface TunedProduct {
  readonly product: ProductName;
  /** Samples in a batch. */
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly kernel: string;
  /** 10⁹ multiplications and additions a second, as measured when it was chosen. */
  readonly gflops: number;
}

export interface Engine {
  readonly about: EngineAbout;
  /** Resolves when the device is gone; never rejects. */
  readonly lost: Promise<DeviceLoss>;
  stage(spec: StageSpec): Promise<Stage>;
  /** @param values Copied. May be empty: uneven shards can leave a device with nothing. */
  shard(values: Float32Array, optimizer: OptimizerId, decay: number): Promise<Shard>;
  /** Enters memory into the ledger that is held beside the engine, e.g. a message's; the function returned takes it out. */
  hold(kind: HeldKind, bytes: number): () => void;
  /** Bytes allocated by kind, all stages together. */
  memory(): MemoryReading;
  /** Kernels chosen by trying so far; absent where there is nothing to choose. */
  tuned?(): readonly TunedProduct[];
  /** The fullest moment since it was last asked for. */
  takeFullest(): MemoryMoment;
  /** Lets the high-water mark start again from what is held now. */
  resetPeak(): void;
  /** Frees every stage and the device; the ledger then reads 0. */
  dispose(): Promise<void>;
}

/** What a folder of `engines/` brings; what is said of the engine stands in `experiment/engines.ts`. */
export interface EngineProvider {
  /** Whether it can run here; if not, a sentence that says why and what to do. Cheap, callable from page or worker. */
  available(): Promise<Availability>;
  create(options?: EngineOptions): Promise<Engine>;
}

export interface EngineOptions {
  /** Threads of the processor that one device may use, its own among them; changes no bits. Default 1. */
  readonly threads?: number;
}

export type Availability =
  | { readonly ok: true; readonly name: string; readonly software: boolean }
  | { readonly ok: false; readonly why: string };
