/**
 * What a later partition trains on: batches of synthetic labels, made from the seed alone. It needs no images, not even to
 * know which classes come when.
 *
 * Everything follows from (seed, rank, absolute step), so that any range of steps can be made at any time, in chunks of
 * any size, with the same result.
 */
import { Random } from '../network/random.ts';

/** Label vectors one synthetic input may mix. The engines' `MIXTURE`. */
export const MIXTURE = 4;

/** `classes` and `weights` are `[n, MIXTURE]` (unused slots: class 0, weight 0), `targets` `[n]`. */
export interface LabelBatches {
  readonly kind: 'labels';
  readonly classes: Uint8Array<ArrayBuffer>;
  readonly weights: Float32Array<ArrayBuffer>;
  readonly targets: Uint8Array<ArrayBuffer>;
}

export const MIXES = ['pure', 'mixtures'] as const;
export type Mix = (typeof MIXES)[number];

export interface LabelBatchesRequest {
  readonly seed: number;
  /** Rank of the partition that trains on them, 1 …. */
  readonly rank: number;
  /** Number of classes, 1 … 256. */
  readonly classes: number;
  /** Samples per step. */
  readonly batch: number;
  readonly mix: Mix;
  /** First step, counted from 0. */
  readonly from: number;
  /** The step after the last. */
  readonly to: number;
}

/** The synthetic inputs of steps `from` … `to − 1`, `batch` samples each. */
export function labelBatches(request: LabelBatchesRequest): LabelBatches {
  const { classes, batch, from, to, mix } = request;
  if (!Number.isInteger(classes) || classes < 1 || classes > 256) {
    throw new RangeError(
      `Labels need 1 to 256 classes, because a class travels as a byte, but found ${classes}.`,
    );
  }
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to >= from)) {
    throw new RangeError(`Steps must be whole numbers from 0 up, in order, but found ${from} to ${to}.`);
  }
  const count = (to - from) * batch;
  const batches: LabelBatches = {
    kind: 'labels',
    classes: new Uint8Array(count * MIXTURE),
    weights: new Float32Array(count * MIXTURE),
    targets: new Uint8Array(count),
  };
  if (mix === 'pure') fillPure(request, batches);
  else fillMixtures(request, batches);
  return batches;
}

/** One class a sample, weight 1, in shuffled rounds of all classes: each is seen equally often, in no fixed order. */
function fillPure({ seed, rank, classes, batch, from }: LabelBatchesRequest, out: LabelBatches): void {
  const first = from * batch;
  let round = -1;
  let order = new Uint32Array(0);
  for (let n = 0; n < out.targets.length; n++) {
    const sample = first + n;
    if (Math.floor(sample / classes) !== round) {
      round = Math.floor(sample / classes);
      order = new Uint32Array(Random.for(seed, 'label-order', rank, round).permutation(classes));
    }
    const label = order[sample % classes];
    out.classes[n * MIXTURE] = label;
    out.weights[n * MIXTURE] = 1;
    out.targets[n] = label;
  }
}

/** Draws from a Pólya urn per sample: weights come in 64ths, finer than the four that are kept need. */
const URN_DRAWS = 64;
/** 1 / 0.1, the Dirichlet concentration that worked best. */
const INVERSE_CONCENTRATION = 10;

/**
 * Mixtures with weights from a symmetric Dirichlet(0.1), cut to the four largest; the target is the largest.
 *
 * The weights are the shares after 64 draws of a Pólya urn: draw i is a fresh class, uniformly, with probability
 * 0.1 K / (0.1 K + i), else a copy of an earlier draw. That is exactly how 64 samples from a Dirichlet(0.1) vector fall
 * (Blackwell & MacQueen 1973), in whole numbers, where gamma variates would need logarithms whose last bit differs
 * between machines.
 */
function fillMixtures(
  { seed, rank, classes, batch, from, to }: LabelBatchesRequest,
  out: LabelBatches,
): void {
  const drawn = new Uint8Array(URN_DRAWS);
  const counts = new Uint8Array(classes);
  let n = 0;
  for (let step = from; step < to; step++) {
    const random = Random.for(seed, 'mixtures', rank, step);
    for (let b = 0; b < batch; b++, n++) {
      const seen: number[] = [];
      for (let i = 0; i < URN_DRAWS; i++) {
        const pick = random.below(classes + INVERSE_CONCENTRATION * i);
        const label = pick < classes ? pick : drawn[Math.floor((pick - classes) / INVERSE_CONCENTRATION)];
        drawn[i] = label;
        if (counts[label]++ === 0) seen.push(label);
      }
      // A stable sort: of equal shares the one drawn first leads, so that no class is favoured.
      const kept = [...seen].sort((a, b) => counts[b] - counts[a]).slice(0, MIXTURE);
      const total = kept.reduce((sum, label) => sum + counts[label], 0);
      kept.forEach((label, slot) => {
        out.classes[n * MIXTURE + slot] = label;
        out.weights[n * MIXTURE + slot] = counts[label] / total;
      });
      out.targets[n] = kept[0];
      for (const label of seen) counts[label] = 0;
    }
  }
}
