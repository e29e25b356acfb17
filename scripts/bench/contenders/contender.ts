import type { EngineAbout } from '../../../src/engines/contract.ts';
import type { Problem } from '../problem.ts';

/** One row of the benchmark: a library on one of its engines. */
export interface ContenderId {
  readonly library: 'piecewise' | 'tensorflow.js' | 'jax-js' | 'pytorch';
  readonly engine: 'webgpu' | 'webgl' | 'wasm' | 'cpu';
  /** What tells it from another contender of the same library and engine, in words. */
  readonly as?: string;
  /** Threads of the processor that it may use, where it can be told. */
  readonly threads?: number;
}

/** A library with the problem loaded and its first step still to come. */
export interface Running {
  /** Version and adapter, in words. */
  readonly about: string;
  /** Threads of the processor that do the arithmetic; null where a graphics interface does. */
  readonly threads: number | null;
  /**
   * Runs whole training steps and waits until they are really done.
   * @returns The mean loss of the last step's batch, before its update.
   */
  run(steps: number): Promise<number>;
  /** High-water bytes where only the library itself can tell; `null` where `bytes.ts` measures them from outside. */
  peakBytes(): number | null;
  stop(): Promise<void>;
}

export type Start = (problem: Problem) => Promise<Running>;

/** Threads that an engine of ours says it has; null where it has none of the processor's. */
export const threadsSaid = ({ details }: EngineAbout): number | null =>
  'threads' in details ? Number(details['threads']) : null;

/** The libraries' code is loaded only in the worker that measures it. */
export async function load({ library, engine, threads }: ContenderId): Promise<Start> {
  switch (library) {
    case 'piecewise':
      return (await import('./piecewise.ts')).contender(engine as 'webgpu' | 'cpu', threads);
    case 'tensorflow.js':
      return (await import('./tensorflow.ts')).contender(
        engine,
        engine === 'wasm' ? (await import('./tensorflow-wasm.ts')).prepareWasm : undefined,
      );
    case 'jax-js':
      return (await import('./jax.ts')).contender(engine as 'webgpu' | 'wasm');
    case 'pytorch':
      throw new Error('PyTorch runs in a process of its own (node/pytorch.ts).');
  }
}
