/** When things happen in a run: learning rates, epochs, turns, and which images come when. All from step numbers alone. */
import { Random } from '../network/random.ts';
import type { Schedule } from './experiment.ts';

/**
 * Learning rate of a step. Cosine: `rate · (1 + cos(π · step / total)) / 2`, from `rate` at the first step to almost 0 at
 * the last (Loshchilov & Hutter 2017, without restarts).
 *
 * @param step Counted from 0; steps from `total` on have the schedule's end value.
 */
export function learningRateAt(
  schedule: Schedule,
  learningRate: number,
  step: number,
  total: number,
): number {
  if (schedule === 'constant' || total <= 0) return learningRate;
  return (learningRate * (1 + Math.cos((Math.PI * Math.min(step, total)) / total))) / 2;
}

/** Learning rates of steps `from` … `to − 1`. */
export function learningRatesBetween(
  schedule: Schedule,
  learningRate: number,
  from: number,
  to: number,
  total: number,
): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: to - from }, (_, index) =>
    learningRateAt(schedule, learningRate, from + index, total),
  );
}

/** Steps per epoch; the last batch of an epoch may be short. */
export function stepsPerEpoch(samples: number, batch: number): number {
  return Math.ceil(samples / batch);
}

/** Some consecutive steps: `from` … `to − 1`, counted from the run's start. */
export interface Turn {
  readonly from: number;
  readonly to: number;
  /** Which epoch they belong to, from 0: a turn never crosses an epoch's end. */
  readonly epoch: number;
  readonly endsEpoch: boolean;
}

/**
 * Shares of the very first turn after which it ends early. Most is learned in the first steps, and who pressed Train
 * waits for a first point. Short turns are left whole.
 */
const EARLY = [0.1, 0.25, 0.5];
const LONG_TURN = 50;

/**
 * The turn that begins at `step`.
 *
 * @param turn Steps per turn, counted from each epoch's start; 0 for whole epochs.
 * @returns `null` where all `total` steps are done.
 */
export function turnAt(step: number, perEpoch: number, turn: number, total: number): Turn | null {
  if (step >= total) return null;
  const epoch = Math.floor(step / perEpoch);
  const start = epoch * perEpoch;
  const length = turn > 0 ? turn : perEpoch;
  const early = turn >= LONG_TURN ? EARLY.map((share) => Math.round(share * turn)) : [];
  const boundary =
    early.find((one) => one > step) ?? start + (Math.floor((step - start) / length) + 1) * length;
  const end = Math.min(start + perEpoch, total);
  const to = Math.min(boundary, end);
  return { from: step, to, epoch, endsEpoch: to === start + perEpoch };
}

/** Order of the training images in an epoch, the same for every strategy. */
export function epochOrder(seed: number, epoch: number, samples: number): Uint32Array {
  return Random.for(seed, 'shuffle', epoch).permutation(samples);
}

/**
 * The images of a turn, batch after batch: a view into the epoch's order. Only the last batch of an epoch may be short.
 *
 * @param order `epochOrder` of the turn's epoch.
 */
export function turnImages(turn: Turn, order: Uint32Array, batch: number): Uint32Array {
  const start = turn.epoch * stepsPerEpoch(order.length, batch);
  return order.subarray((turn.from - start) * batch, Math.min((turn.to - start) * batch, order.length));
}

/**
 * Indices of the images an evaluation looks at, evenly spaced, so that files sorted by class or writer are covered fairly.
 *
 * @param wanted How many; 0 for all.
 */
export function evenlySpaced(samples: number, wanted: number): Uint32Array {
  const length = wanted === 0 ? samples : Math.min(wanted, samples);
  return Uint32Array.from({ length }, (_, index) => Math.floor((index * samples) / length));
}
