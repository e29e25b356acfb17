/**
 * How label vectors are drawn: one entry per code.
 *
 * A first partition learns to answer an image with its class's vector; the next one learns to read it. Every code uses
 * integer draws, `+ − × ÷` and square roots only, all exact in IEEE arithmetic, so that a seed gives the same table on
 * every machine and in every language.
 *
 * "Tie" and "worse" below: EMNIST Balanced, five hidden layers, one cut after the third; differences under a point are ties.
 */
import type { Random } from '../network/random.ts';
import { distinctRows, gaussianRows, orthonormalRows, scaledRows } from './rows.ts';

export const LABEL_CODES = [
  'gaussian',
  'sign',
  'orthogonal',
  'simplex',
  'relu-gaussian',
  'sparse',
  'uniform',
  'one-hot',
] as const;
export type LabelCode = (typeof LABEL_CODES)[number];

/** Activation of the layer that produces labels. */
export type Boundary = 'linear' | 'relu';

export interface CodeOptions {
  /** Fraction of ones of the sparse code. */
  readonly sparsity: number;
}

export interface LabelCodeInfo {
  readonly id: LabelCode;
  /** Its name in a menu. */
  readonly label: string;
  /** One sentence on what the vectors look like and how well they did. */
  readonly description: string;
  /** What `scale` multiplies. */
  readonly scaleMeans: string;
  /** The activation whose range fits these labels. */
  readonly boundary: Boundary;
  readonly defaultScale: number;
  /** What cannot be kept at this size, as a sentence; `null` where nothing is lost. */
  remark?(classes: number, width: number): string | null;
  /** Vectors `[classes, width]`, row-major. */
  generate(
    classes: number,
    width: number,
    scale: number,
    random: Random,
    options: CodeOptions,
  ): Float32Array<ArrayBuffer>;
}

const RMS = 'Root mean square of the entries.';

/** Ones per class of the sparse code: at least one, so that no class is the zero vector. */
export function onesPerClass(width: number, sparsity: number): number {
  return Math.min(width, Math.max(1, Math.round(sparsity * width)));
}

export const CODES: { readonly [Code in LabelCode]: LabelCodeInfo & { readonly id: Code } } = {
  gaussian: {
    id: 'gaussian',
    label: 'Gaussian',
    description:
      'Independent normal numbers, as in the paper; ties with conventional training at a cut after layer 3.',
    scaleMeans: RMS,
    boundary: 'linear',
    defaultScale: 1,
    generate: (classes, width, scale, random) => scaledRows(gaussianRows(classes, width, random), scale),
  },
  sign: {
    id: 'sign',
    label: 'Plus or minus one',
    description: 'Every entry is +1 or −1 by the toss of a coin; ties with Gaussian.',
    scaleMeans: RMS,
    boundary: 'linear',
    defaultScale: 1,
    generate: (classes, width, scale, random) =>
      distinctRows(classes, width, (row) => {
        for (let i = 0; i < width; i++) row[i] = random.word() >>> 31 ? scale : -scale;
      }),
  },
  orthogonal: {
    id: 'orthogonal',
    label: 'Orthogonal',
    description: 'Random vectors at right angles to each other; ties with Gaussian.',
    scaleMeans: RMS,
    boundary: 'linear',
    defaultScale: 1,
    remark: (classes, width) =>
      classes <= width
        ? null
        : `${classes} vectors cannot all be at right angles in ${width} units, so only runs of ${width} classes are.`,
    // An orthonormal row has length 1, an rms of 1 / √width.
    generate: (classes, width, scale, random) =>
      scaledRows(orthonormalRows(classes, width, random, false), scale * Math.sqrt(width)),
  },
  simplex: {
    id: 'simplex',
    label: 'Simplex',
    description: 'Vectors as far from each other as they can all be at once; ties with Gaussian.',
    scaleMeans: RMS,
    boundary: 'linear',
    defaultScale: 1,
    remark: (classes, width) =>
      classes <= width
        ? null
        : `${classes} vectors do not fit one simplex in ${width} units, so runs of ${width} classes have one each.`,
    generate: (classes, width, scale, random) =>
      scaledRows(orthonormalRows(classes, width, random, true), scale * Math.sqrt(width)),
  },
  'relu-gaussian': {
    id: 'relu-gaussian',
    label: 'Rectified Gaussian',
    description: 'Normal numbers with the negative ones set to 0, for a ReLU boundary; ties with Gaussian.',
    scaleMeans: 'Deviation before the negative half is set to 0; the rms is this ÷ √2.',
    boundary: 'relu',
    defaultScale: 2,
    generate: (classes, width, scale, random) => {
      const rows = scaledRows(gaussianRows(classes, width, random), scale);
      for (let i = 0; i < rows.length; i++) if (!(rows[i] > 0)) rows[i] = 0;
      return rows;
    },
  },
  sparse: {
    id: 'sparse',
    label: 'Sparse',
    description:
      'A few ones among zeros, for a ReLU boundary; ties with Gaussian at late cuts, much better at early ones.',
    scaleMeans: 'Height of the ones.',
    boundary: 'relu',
    defaultScale: 2,
    generate: (classes, width, scale, random, { sparsity }) => {
      const ones = onesPerClass(width, sparsity);
      return distinctRows(classes, width, (row) => {
        row.fill(0);
        // Floyd's sampling: `ones` different units, each set equally likely, in exactly `ones` draws.
        for (let last = width - ones; last < width; last++) {
          const unit = random.below(last + 1);
          row[row[unit] === 0 ? unit : last] = scale;
        }
      });
    },
  },
  uniform: {
    id: 'uniform',
    label: 'Uniform',
    description:
      'Independent numbers from 0 to 1, not centred; worse than Gaussian, and the most sensitive to the gain.',
    scaleMeans: 'Upper end of the range; the rms is this ÷ √3.',
    boundary: 'linear',
    defaultScale: 1,
    generate: (classes, width, scale, random) => {
      const rows = new Float32Array(classes * width);
      // 24 of the 32 bits, all a float32 can hold: a full word could round up to 1, outside the range.
      for (let i = 0; i < rows.length; i++) rows[i] = ((random.word() >>> 8) / 0x100_0000) * scale;
      return rows;
    },
  },
  'one-hot': {
    id: 'one-hot',
    label: 'One-hot blocks',
    description: 'Each class has its own block of units at 1, the rest are 0; worse than Gaussian.',
    scaleMeans: 'Height of the ones.',
    boundary: 'linear',
    defaultScale: 1,
    remark: (classes, width) =>
      classes <= width
        ? null
        : `${width} units are too few for ${classes} blocks, so some classes share one.`,
    generate: (classes, width, scale) => {
      const rows = new Float32Array(classes * width);
      for (let unit = 0; unit < Math.max(width, classes); unit++) {
        const label = width >= classes ? Math.floor((unit * classes) / width) : unit;
        rows[label * width + (unit % width)] = scale;
      }
      return rows;
    },
  },
};
