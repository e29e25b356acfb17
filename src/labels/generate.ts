import { Random, streamKey, type StreamKey } from '../network/random.ts';
import { CODES, type LabelCode } from './codes.ts';
import type { LabelTable } from './table.ts';

/** What a cut's table is made from. */
export interface LabelTableSpec {
  readonly classes: number;
  /** Units at the cut. */
  readonly width: number;
  readonly code: LabelCode;
  readonly scale: number;
  /** Fraction of ones; only the sparse code reads it. */
  readonly sparsity: number;
}

/**
 * The label vectors of one cut. Both sides of the cut make the same table from the seed alone, so that it never has to
 * be sent.
 *
 * @param cutIndex Which cut, counted from 0: every cut has labels of its own.
 */
export function labelTable(spec: LabelTableSpec, seed: number, cutIndex: number): LabelTable {
  const { classes, width, code, scale, sparsity } = spec;
  const random = Random.for(seed, 'labels', cutIndex);
  return { classes, width, values: CODES[code].generate(classes, width, scale, random, { sparsity }) };
}

/** The stream of the noise that the partition of this rank (1 …) adds to its inputs. */
export function noiseKey(seed: number, rank: number): StreamKey {
  return streamKey(seed, 'noise', rank);
}
