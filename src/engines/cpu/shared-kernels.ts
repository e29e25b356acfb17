/** Kernels that threads run together: called as one thread's are, with the work divided among all (`kernels/shares.ts`). */
import type { Kernels } from './kernels.ts';
import * as codes from './kernels/divided.ts';

/** Kernels whose work is divided. The others are short, or add numbers up in an order that must stay. */
const DIVIDED = {
  forward: codes.FORWARD,
  inputGradient: codes.INPUT_GRADIENT,
  weightGradient: codes.WEIGHT_GRADIENT,
  layerNorm: codes.LAYER_NORM,
  layerNormStatistics: codes.LAYER_NORM_STATISTICS,
  layerNormInputGradient: codes.LAYER_NORM_INPUT_GRADIENT,
  layerNormGradient: codes.LAYER_NORM_GRADIENT,
  update: codes.UPDATE,
  gatherImages: codes.GATHER_IMAGES,
  mixLabels: codes.MIX_LABELS,
  applySlopes: codes.APPLY_SLOPES,
  countLargest: codes.COUNT_LARGEST,
  countNearest: codes.COUNT_NEAREST,
  copy: codes.COPY,
  clear: codes.CLEAR,
  peak: codes.PEAK,
} satisfies Partial<Record<keyof Kernels, number>>;

type Divided = keyof typeof DIVIDED;

export const DIVIDED_KERNELS = Object.keys(DIVIDED) as readonly Divided[];

/** What a module for threads exports. */
export interface SharingExports extends Omit<Kernels, Divided | 'threads'> {
  /** Where the arguments of a divided kernel go, eight bytes each. */
  argumentsAt(): number;
  /** Runs a divided kernel on all threads. @returns The sum of what each thread's share returned. */
  fork(kernel: number, threads: number): number;
  /** Lets the helpers end. */
  dismiss(): void;
}

export function sharedKernels(exports: SharingExports, memory: WebAssembly.Memory, threads: number): Kernels {
  const places = new Float64Array(memory.buffer, exports.argumentsAt(), 24);
  const divided = Object.fromEntries(
    Object.entries(DIVIDED).map(([name, code]) => [
      name,
      (...values: number[]) => {
        for (let i = 0; i < values.length; i++) places[i] = values[i];
        return exports.fork(code, threads);
      },
    ]),
  );
  return { ...exports, ...divided, threads } as unknown as Kernels;
}
