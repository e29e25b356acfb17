/** What a worker (in the page) or a process (in Node) that holds one contender can be asked. */
import type { ByteCounter } from './bytes.ts';
import { load, type ContenderId, type Running } from './contenders/contender.ts';
import { supportedBuilds } from '../../src/engines/cpu/kernels.ts';
import { measureBarrier, measureKernels, type KernelSpeeds } from '../../src/engines/cpu/measure.ts';
import { measureStepParts, type StepParts } from './cores/step-parts.ts';
import type { Problem } from './problem.ts';

/** GFLOP/s of the CPU engine's kernels for a layer of `width` → `width`. */
export interface CpuKernels {
  readonly build: string;
  readonly width: number;
  readonly batch: number;
  readonly threads: number;
  readonly speeds: KernelSpeeds;
}

const WIDTH = 512;
const BATCH = 128;

export interface WorkerMethods {
  /** @returns What it runs on, in words. */
  start(id: ContenderId, problem: Problem): Promise<string>;
  startPartition(
    engine: 'webgpu' | 'cpu',
    problem: Problem,
    rank: number,
    count: number,
    threads: number,
  ): Promise<string>;
  /** Threads that the contender works on; null where a graphics interface does. */
  threads(): Promise<number | null>;
  /** @returns Loss of the last step. */
  run(steps: number): Promise<number>;
  peakBytes(): Promise<number>;
  /** The CPU engine's products against the peak of as many threads; `null` where it cannot run. */
  cpuKernels(runs: number, threads: number): Promise<CpuKernels | null>;
  /** What dividing a kernel among threads costs, in µs; `null` where the CPU engine cannot run. */
  barrier(threads: number): Promise<number | null>;
  /** A step of ours on one thread, taken apart; `null` where the CPU engine cannot run. */
  stepParts(problem: Problem): Promise<StepParts | null>;
}

/** The other side of `WorkerMethods`: one question at a time. */
export interface Remote {
  ask<M extends keyof WorkerMethods>(
    method: M,
    ...args: Parameters<WorkerMethods[M]>
  ): ReturnType<WorkerMethods[M]>;
  /** Ends the worker or process; the platform takes back all it held. */
  stop(): void;
}

export interface Question {
  readonly method: keyof WorkerMethods;
  readonly args: readonly unknown[];
}
export type Answer = { readonly value: unknown } | { readonly error: string };

/** @param bytes Made before any library is loaded. */
export function workerMethods(bytes: ByteCounter): (question: Question) => Promise<Answer> {
  let running: Running | null = null;
  const methods: WorkerMethods = {
    async start(id, problem) {
      running = await (await load(id))(problem);
      return running.about;
    },
    async startPartition(...args) {
      running = await (await import('./contenders/partitions.ts')).startPartition(...args);
      return running.about;
    },
    threads: async () => running!.threads,
    run: (steps) => running!.run(steps),
    peakBytes: async () => running!.peakBytes() ?? bytes.peak(),
    async cpuKernels(runs, threads) {
      const [build] = supportedBuilds();
      if (!build) return null;
      const speeds = await measureKernels(build, WIDTH, BATCH, runs, threads);
      return { build, width: WIDTH, batch: BATCH, threads, speeds };
    },
    async barrier(threads) {
      const [build] = supportedBuilds();
      return build ? await measureBarrier(build, threads) : null;
    },
    async stepParts(problem) {
      const [build] = supportedBuilds();
      return build ? await measureStepParts(build, problem) : null;
    },
  };
  return async ({ method, args }) => {
    try {
      const called = methods[method] as (...args: readonly unknown[]) => Promise<unknown>;
      return { value: await called(...args) };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error) };
    }
  };
}
