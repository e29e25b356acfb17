/**
 * What a label code must bring.
 *
 * A first partition learns to answer an image with its class's vector; the next one learns to read it. Every code uses
 * integer draws, `+ − × ÷` and square roots only, all exact in IEEE arithmetic, so that a seed gives the same table on
 * every machine and in every language.
 *
 * "Tie" and "worse" in descriptions: EMNIST Balanced, five hidden layers, one cut after the third; differences under a
 * point are ties.
 */
import type { Random } from '../../network/random.ts';

/** Activation of the layer that produces labels. */
export type Boundary = 'linear' | 'relu';

export interface CodeOptions {
  /** Fraction of ones of the sparse code. */
  readonly sparsity: number;
}

export interface LabelCodeInfo {
  /** Its name in a menu. */
  readonly label: string;
  /** One sentence on what the vectors look like and how well they did. */
  readonly description: string;
  /** What `scale` multiplies. */
  readonly scaleMeans: string;
  /** The activation whose range fits these labels. */
  readonly boundary: Boundary;
  readonly defaultScale: number;
  /** Settings that it reads. A form shows them with the codes that name them. */
  readonly settings: readonly (keyof CodeOptions)[];
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
  /**
   * The same in Python, for exported files: the body of a function of `classes, width, scale, stream, sparsity` that
   * returns an array `[classes, width]`. `stream` has `words(n)`, `below(n)` and `normals(n)`; numpy (`np`), `U32`,
   * `distinct` and `orthonormal` of `export/pytorch/template.py` are at hand.
   */
  readonly python: string;
}

/** What `scale` multiplies where nothing else is said. */
export const RMS = 'Root mean square of the entries.';
