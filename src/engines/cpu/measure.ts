/** How fast this machine could multiply and add, and how near to that the engine's products come. */
import { RULE_CODES, type Build } from './kernels.ts';
import { loadKernels } from './load-kernels.ts';
import { turn } from '../../messages/pause.ts';

/** GFLOP/s, each the best of several short runs, taken in turn so that other work on the machine hits all alike. */
export interface KernelSpeeds {
  /** Multiply-adds on registers alone: the limit. (Plain SIMD may pass it by a little: its chains are longer there.) */
  readonly peak: number;
  /** x · W, with bias and activation. */
  readonly forward: number;
  /** d · Wᵀ, with the activation's derivative. */
  readonly inputGradient: number;
  /** xᵀ · d alone. */
  readonly weightGradient: number;
  /** xᵀ · d with Adam's update; the update's own FLOPs are not counted. */
  readonly weightGradientAdam: number;
}

const PEAK_FLOPS_PER_ROUND = 384;

/**
 * Measures one layer of `width` → `width` units on a batch.
 *
 * @param width A multiple of 8. @param batch A multiple of 4.
 * @param runs Measurements of each; about 6 ms a round at width 512, batch 128.
 * @param threads That share the work.
 */
export async function measureKernels(
  build: Build,
  width = 512,
  batch = 128,
  runs = 50,
  threads = 1,
): Promise<KernelSpeeds> {
  const { kernels, memory, helpers } = await loadKernels(build, threads);
  await helpers.recruit();
  const weightBytes = width * width * 4;
  const unitBytes = width * batch * 4;
  let end = Math.ceil(kernels.heapBase() / 64) * 64;
  const take = (bytes: number) => (end += bytes) - bytes;
  const [w, first, second] = [take(weightBytes), take(weightBytes), take(weightBytes)];
  const [bias, biasFirst, biasSecond] = [take(width * 4), take(width * 4), take(width * 4)];
  const [x, y, dx, panel, scratch] = [
    take(unitBytes),
    take(unitBytes),
    take(unitBytes),
    take(width * 32 * threads),
    take(768 * threads),
  ];
  memory.grow(Math.ceil(end / 65_536));
  const floats = new Float32Array(memory.buffer);
  for (const [from, bytes] of [
    [w, weightBytes],
    [x, unitBytes],
    [y, unitBytes],
  ]) {
    for (let i = from / 4; i < (from + bytes) / 4; i++) floats[i] = ((i * 7919) % 1009) / 10_090 - 0.05;
  }
  const sizes = [width / 4, width / 8] as const;
  const batches = [16 * batch, batch] as const;
  const shape = [...sizes, ...batches] as const;
  const parameters = [w, first, second, bias, biasFirst, biasSecond] as const;
  const product = 2 * width * width * batch;
  // As long as a product: waking helpers and a clock's ticks weigh on the limit as on what is held against it.
  const peakRounds = Math.ceil(product / PEAK_FLOPS_PER_ROUND);
  const gradient = (rule: number) =>
    kernels.weightGradient(x, y, ...parameters, ...shape, rule, 1e-9, 1e-8, 0, scratch);
  const work: Record<keyof KernelSpeeds, readonly [flops: number, run: () => void]> = {
    peak: [peakRounds * PEAK_FLOPS_PER_ROUND, () => void kernels.peak(peakRounds, 0.5, 0.5)],
    forward: [product, () => kernels.forward(x, w, bias, dx, ...shape, 0, width)],
    inputGradient: [
      product,
      () => kernels.inputGradient(y, w, x, dx, ...sizes, width * 32, ...batches, 0, panel),
    ],
    weightGradient: [product, () => gradient(RULE_CODES.accumulate)],
    weightGradientAdam: [product, () => gradient(RULE_CODES.adam)],
  };
  const best = { peak: 0, forward: 0, inputGradient: 0, weightGradient: 0, weightGradientAdam: 0 };
  for (let run = 0; run < runs; run++) {
    for (const name of Object.keys(best) as (keyof KernelSpeeds)[]) {
      const [flops, once] = work[name];
      const began = performance.now();
      once();
      const milliseconds = performance.now() - began;
      if (milliseconds > 0) best[name] = Math.max(best[name], flops / milliseconds / 1e6);
    }
    // The engine compiles what proves hot in the background; it hands the result over between tasks.
    await turn();
  }
  helpers.dismiss();
  return best;
}

/** Rounds of `peak` that are one thread's part of a job: as many pieces as it usually has, each of about a microsecond. */
const PART = 800;
const CALLS = 500;

/**
 * What it costs to divide a kernel's work among threads and wait for all of it, in microseconds: how much longer a call
 * takes in which each thread has a part than one thread takes for such a part. The least of several runs.
 *
 * @param threads 2 or more.
 */
export async function measureBarrier(build: Build, threads: number, runs = 20): Promise<number> {
  const shared = await loadKernels(build, threads);
  await shared.helpers.recruit();
  const alone = await loadKernels(build, 1);
  const calls = [
    () => shared.kernels.peak(threads * PART, 0.5, 0.5),
    () => alone.kernels.peak(PART, 0.5, 0.5),
  ];
  const least = calls.map(() => Infinity);
  for (let run = 0; run < runs; run++) {
    for (const [index, call] of calls.entries()) {
      const began = performance.now();
      for (let i = 0; i < CALLS; i++) call();
      least[index] = Math.min(least[index], (1000 * (performance.now() - began)) / CALLS);
    }
    await turn();
  }
  shared.helpers.dismiss();
  return Math.max(0, least[0] - least[1]);
}
