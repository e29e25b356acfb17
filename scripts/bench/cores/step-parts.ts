/** A step of the CPU engine on one thread, taken apart: what can be divided among threads and what cannot. */
import { Heap } from '../../../src/engines/cpu/heap.ts';
import type { Build, Kernels } from '../../../src/engines/cpu/kernels.ts';
import { loadKernels } from '../../../src/engines/cpu/load-kernels.ts';
import { DIVIDED_KERNELS } from '../../../src/engines/cpu/shared-kernels.ts';
import { CpuStage } from '../../../src/engines/cpu/stage.ts';
import { Ledger } from '../../../src/engines/ledger.ts';
import { BATCHES, materialOf, RATE, stageOf, type Problem } from '../problem.ts';

export interface StepParts {
  readonly milliseconds: number;
  /** Share of the time that threads can divide among them. */
  readonly divided: number;
  /** Calls a step in which they do, each with a barrier at its end. */
  readonly barriers: number;
}

/** Runs of one step or more: the fastest counts. */
const RUNS = 5;

export async function measureStepParts(build: Build, problem: Problem): Promise<StepParts> {
  const material = materialOf(problem);
  const { kernels, memory } = await loadKernels(build, 1);
  let divided = 0;
  let barriers = 0;
  const timed = Object.fromEntries(
    DIVIDED_KERNELS.map((name) => {
      const kernel = kernels[name] as (...values: number[]) => number;
      return [
        name,
        (...values: number[]) => {
          const began = performance.now();
          const result = kernel(...values);
          divided += performance.now() - began;
          barriers++;
          return result;
        },
      ];
    }),
  );
  const heap = new Heap(memory, kernels.heapBase(), new Ledger());
  const stage = new CpuStage(stageOf(material, problem), heap, { ...kernels, ...timed } as Kernels, () => {});
  await stage.load('train', material.images, material.labels);
  const order = Uint32Array.from({ length: BATCHES * problem.batch }, (_, i) => i);
  const train = () =>
    stage.train({ batches: { kind: 'images', order }, learningRates: new Float32Array(BATCHES).fill(RATE) });
  await train();
  let best: StepParts | null = null;
  for (let run = 0; run < RUNS; run++) {
    divided = 0;
    barriers = 0;
    const began = performance.now();
    await train();
    const milliseconds = (performance.now() - began) / BATCHES;
    if (best && best.milliseconds < milliseconds) continue;
    best = { milliseconds, divided: divided / BATCHES / milliseconds, barriers: barriers / BATCHES };
  }
  stage.dispose();
  return best!;
}
