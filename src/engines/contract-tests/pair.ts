/** An engine beside the reference engine, which computes in double precision inside. */
import { afterAll, beforeAll, expect } from 'vitest';
import type { Engine, Stage } from '../contract.ts';
import { createReferenceEngine } from '../reference/index.ts';
import { stageWith, type Made } from './made.ts';

export interface Pair {
  /** The one under test. There from the first test on, not before. */
  readonly engine: Engine;
  /** Runs `work` on a stage of the engine and on one of the reference, with fresh stages, and frees them. */
  both<T>(made: Made, work: (stage: Stage) => Promise<T>): Promise<[actual: T, expected: T]>;
}

/** Opens both before the tests of a `describe`, and closes the engine behind them: it must hold nothing then. */
export function pairFor(create: () => Promise<Engine>): Pair {
  let engine: Engine;
  let reference: Engine;
  beforeAll(async () => {
    engine = await create();
    reference = createReferenceEngine();
  });
  afterAll(async () => {
    await engine.dispose();
    expect(engine.memory().total).toBe(0);
  });
  return {
    get engine() {
      return engine;
    },
    async both(made, work) {
      const stages = [await stageWith(engine, made), await stageWith(reference, made)] as const;
      const actual = await work(stages[0]);
      const expected = await work(stages[1]);
      for (const stage of stages) stage.dispose();
      return [actual, expected];
    },
  };
}
