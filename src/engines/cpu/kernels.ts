/** What the compiled kernels (`kernels/*.ts`) offer, and which build this machine can run. */
import * as codes from './kernels/codes.ts';
import * as rules from './kernels/rules.ts';
import type { Activation } from '../../network/spec.ts';
import type { OptimizerId } from '../../network/optimizers/registry.ts';

/** `relaxed` has fused multiply-add (WebAssembly relaxed SIMD); `plain` needs only the SIMD of 2021. */
export type Build = 'relaxed' | 'plain';

/** Numbers that name activations in the kernels. */
export const ACTIVATION_CODES: Readonly<Record<Activation, number>> = {
  linear: codes.LINEAR,
  relu: codes.RELU,
  'leaky-relu': codes.LEAKY_RELU,
  tanh: codes.TANH,
  sigmoid: codes.SIGMOID,
};

/** Numbers that name update rules; `accumulate` only adds to a gradient buffer. */
export const RULE_CODES: Readonly<Record<OptimizerId | 'accumulate', number>> = {
  accumulate: rules.ACCUMULATE,
  sgd: rules.SGD,
  momentum: rules.MOMENTUM,
  adam: rules.ADAM,
  adamw: rules.ADAMW,
  lion: rules.LION,
};

/** What the kernels export. Every parameter is a number; the meanings stand beside each kernel. */
export interface Kernels {
  /** How many threads share the work: some kernels want room for each (`memory.ts`). */
  readonly threads: number;
  heapBase(): number;
  peak(rounds: number, factor: number, term: number): number;
  activate(kind: number, y: number, vectors: number): void;
  applySlopes(kind: number, d: number, y: number, quads: number, stride: number, samples: number): void;
  copy(to: number, from: number, vectors: number): void;
  clear(at: number, vectors: number): void;
  copyPanels(w: number, panelBytes: number, rows: number, outputs: number, count: number, into: number): void;
  // prettier-ignore
  update(
    rule: number, parameters: number, first: number, second: number, gradient: number,
    vectors: number, learningRate: number, epsilon: number, shrink: number,
  ): void;
  // prettier-ignore
  forward(
    x: number, w: number, bias: number, y: number, quads: number, panels: number,
    stride: number, samples: number, activation: number, units: number,
  ): void;
  // prettier-ignore
  inputGradient(
    d: number, w: number, x: number, dx: number, quads: number, panels: number, panelBytes: number,
    stride: number, samples: number, activation: number, panel: number,
  ): void;
  // prettier-ignore
  weightGradient(
    x: number, d: number, w: number, wFirst: number, wSecond: number, bias: number, biasFirst: number, biasSecond: number,
    quads: number, panels: number, stride: number, samples: number,
    rule: number, learningRate: number, epsilon: number, shrink: number, scratch: number,
  ): void;
  // prettier-ignore
  layerNorm(
    x: number, scale: number, y: number, units: number, quads: number, stride: number, samples: number,
    epsilon: number, means: number, inverses: number,
  ): void;
  // prettier-ignore
  layerNormStatistics(
    x: number, units: number, quads: number, stride: number, samples: number,
    epsilon: number, means: number, inverses: number,
  ): void;
  // prettier-ignore
  layerNormInputGradient(
    d: number, scale: number, x: number, dx: number, units: number, quads: number, stride: number, samples: number,
    epsilon: number, means: number, inverses: number,
  ): void;
  // prettier-ignore
  layerNormGradient(
    x: number, d: number, target: number, first: number, second: number,
    quads: number, shiftBytes: number, stride: number, samples: number,
    rule: number, learningRate: number, epsilon: number, shrink: number,
    means: number, inverses: number, gradient: number,
  ): void;
  // prettier-ignore
  gatherImages(
    images: number, pixels: number, order: number, x: number, quads: number, stride: number,
    count: number, samples: number, scale: number, shift: number,
  ): void;
  gatherTargets(labels: number, order: number, targets: number, count: number): void;
  // prettier-ignore
  mixLabels(
    table: number, width: number, classes: number, weights: number, x: number, quads: number, stride: number,
    count: number, samples: number, noise: number, keyA: number, keyB: number, index: number,
  ): void;
  // prettier-ignore
  addNoise(
    x: number, width: number, stride: number, count: number,
    noise: number, keyA: number, keyB: number, index: number,
  ): void;
  // prettier-ignore
  addClasses(
    x: number, targets: number, table: number, classes: number, width: number, stride: number, count: number,
    below: number, keyA: number, keyB: number, index: number,
  ): void;
  // prettier-ignore
  aimLoss(
    y: number, d: number, targets: number, aims: number, quads: number, stride: number, count: number, samples: number,
    scale: number, factor: number, weights: number,
  ): number;
  countLargest(y: number, targets: number, classes: number, stride: number, count: number): number;
  // prettier-ignore
  softmaxLoss(
    y: number, d: number, targets: number, classes: number, quads: number, stride: number,
    count: number, samples: number, factor: number, weights: number,
  ): number;
  // prettier-ignore
  distanceLoss(
    y: number, d: number, targets: number, table: number, width: number, quads: number, stride: number,
    count: number, samples: number, scale: number, factor: number, weights: number,
  ): number;
  // prettier-ignore
  hybridLoss(
    y: number, d: number, targets: number, table: number, classes: number, width: number, quads: number,
    stride: number, count: number, samples: number, scale: number, weight: number, sharpness: number, factor: number,
    classWeights: number, scratch: number,
  ): number;
  // prettier-ignore
  countNearest(
    y: number, targets: number, table: number, classes: number, width: number, quads: number, stride: number,
    count: number, row: number,
  ): number;
}

/** Whether a module with one function `() → v128` of this code is accepted. */
function accepts(code: readonly number[]): boolean {
  const header = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const types = [1, 5, 1, 0x60, 0, 1, 0x7b];
  const functions = [3, 2, 1, 0];
  const bodies = [10, code.length + 4, 1, code.length + 2, 0, ...code, 0x0b];
  return WebAssembly.validate(Uint8Array.from([...header, ...types, ...functions, ...bodies]));
}

/** `v128.const 0` */
const ZERO = [0xfd, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/** Whether this runtime takes SIMD, and whether relaxed SIMD. */
export function supportedBuilds(): Build[] {
  if (typeof WebAssembly === 'undefined' || !accepts(ZERO)) return [];
  // f32x4.relaxed_madd is 0xfd 0x105, the number in LEB128.
  return accepts([...ZERO, ...ZERO, ...ZERO, 0xfd, 0x85, 0x02]) ? ['relaxed', 'plain'] : ['plain'];
}
