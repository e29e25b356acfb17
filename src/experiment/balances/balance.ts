/** What a choice of balance must bring: what is done about classes of which there are fewer training images than of others. */

/** An epoch of training images. */
export interface Epoch {
  readonly seed: number;
  /** Counted from 0, on through recovery. */
  readonly epoch: number;
  /** Class of each training image. */
  readonly labels: Uint8Array;
  readonly classes: number;
}

export interface BalanceInfo {
  readonly label: string;
  /** One sentence for a person. */
  readonly description: string;
  /** Images of the epoch in their order, as many as there are; null where that is the shuffle of all (`epochOrder`). */
  readonly order: ((epoch: Epoch) => Uint32Array) | null;
  /** Factor on a sample's loss by its class `[classes]`, 1 on average over the images; null where it is 1 for all. */
  readonly weights: ((labels: Uint8Array, classes: number) => Float32Array) | null;
  /**
   * The same in Python, for exported files. `order`: the body of a function of `labels` (numpy) and `epoch`; `weights`: of
   * one of `labels`, whose torch tensor `[classes]` is float32, or None. `CONFIG`, `Stream`, numpy (`np`) and `torch` of
   * `export/pytorch/template.py` are at hand.
   */
  readonly python: { readonly order: string; readonly weights: string };
}

/** Images of each class `[classes]`. */
export function classCounts(labels: ArrayLike<number>, classes: number): Uint32Array {
  const counts = new Uint32Array(classes);
  for (let n = 0; n < labels.length; n++) counts[labels[n]]++;
  return counts;
}
