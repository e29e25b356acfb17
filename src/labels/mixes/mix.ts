/** What a choice of synthetic inputs must bring: what later partitions train on, from the seed alone. */
/** Label vectors one synthetic input may mix. The engines' `MIXTURE`. */
export const MIXTURE = 4;

/** `classes` and `weights` are `[n, MIXTURE]` (unused slots: class 0, weight 0), `targets` `[n]`. */
export interface LabelBatches {
  readonly kind: 'labels';
  readonly classes: Uint8Array<ArrayBuffer>;
  readonly weights: Float32Array<ArrayBuffer>;
  readonly targets: Uint8Array<ArrayBuffer>;
}

export interface FillRequest {
  readonly seed: number;
  /** Rank of the partition that trains on them, 1 …. */
  readonly rank: number;
  /** Number of classes, 1 … 256. */
  readonly classes: number;
  /** Samples per step. */
  readonly batch: number;
  /** First step, counted from 0. */
  readonly from: number;
  /** The step after the last. */
  readonly to: number;
}

export interface MixInfo {
  readonly label: string;
  /** One sentence for a person. */
  readonly description: string;
  /** Fills the batches of steps `from` … `to − 1`. They begin as zeros. */
  fill(request: FillRequest, out: LabelBatches): void;
  /**
   * The same in Python, for exported files: the body of a function of `feed` (its `table` `[classes, width]` and `rank`)
   * and `step` that returns inputs `[batch, width]` and targets `[batch]`, torch tensors. `CONFIG`, `Stream`, numpy
   * (`np`) and `torch` of `export/pytorch/template.py` are at hand.
   */
  readonly python: string;
}
