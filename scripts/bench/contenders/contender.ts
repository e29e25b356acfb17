import type { Problem } from '../problem.ts';

/** One row of the benchmark: a library on one of its engines. */
export interface ContenderId {
  readonly library: 'piecewise' | 'tensorflow.js' | 'jax-js';
  readonly engine: 'webgpu' | 'webgl' | 'wasm' | 'cpu';
}

/** A library with the problem loaded and its first step still to come. */
export interface Running {
  /** Version and adapter, in words. */
  readonly about: string;
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

/** The libraries' code is loaded only in the worker that measures it. */
export async function load({ library, engine }: ContenderId): Promise<Start> {
  switch (library) {
    case 'piecewise':
      return (await import('./piecewise.ts')).contender(engine as 'webgpu' | 'cpu');
    case 'tensorflow.js':
      return (await import('./tensorflow.ts')).contender(
        engine,
        engine === 'wasm' ? (await import('./tensorflow-wasm.ts')).prepareWasm : undefined,
      );
    case 'jax-js':
      return (await import('./jax.ts')).contender(engine as 'webgpu' | 'wasm');
  }
}
