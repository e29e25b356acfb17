/** How label vectors are drawn, in the order in which codes are listed: a file and a line each. */
import type { LabelCodeInfo } from './codes/code.ts';
import { gaussian } from './codes/gaussian.ts';
import { oneHot } from './codes/one-hot.ts';
import { orthogonal } from './codes/orthogonal.ts';
import { reluGaussian } from './codes/relu-gaussian.ts';
import { sign } from './codes/sign.ts';
import { simplex } from './codes/simplex.ts';
import { sparse } from './codes/sparse.ts';
import { uniform } from './codes/uniform.ts';

export type { Boundary } from './codes/code.ts';

export const CODES = {
  gaussian,
  sign,
  orthogonal,
  simplex,
  'relu-gaussian': reluGaussian,
  sparse,
  uniform,
  'one-hot': oneHot,
} satisfies Readonly<Record<string, LabelCodeInfo>>;
export type LabelCode = keyof typeof CODES;

export const LABEL_CODES = Object.keys(CODES) as readonly LabelCode[];
