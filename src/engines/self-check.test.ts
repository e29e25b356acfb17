import { describe, expect, it } from 'vitest';
import type { Engine, Stage } from './contract.ts';
import { createReferenceEngine } from './reference/index.ts';
import { selfCheck } from './self-check.ts';
import { createTfjsEngine } from './tfjs/engine.ts';

/** The reference engine with some of its stages' answers changed. */
function spoiled(change: (stage: Stage) => Partial<Stage>): Engine {
  const engine = createReferenceEngine();
  const build = engine.stage.bind(engine);
  return Object.assign(engine, {
    async stage(spec: Parameters<Engine['stage']>[0]) {
      const stage = await build(spec);
      return Object.assign(stage, change(stage));
    },
  });
}

describe('the self-check', () => {
  it('passes on engines that compute right, and leaves nothing allocated', async () => {
    for (const engine of [createReferenceEngine(), await createTfjsEngine({ backend: 'cpu' })]) {
      expect(await selfCheck(engine)).toEqual({ ok: true });
      expect(engine.memory().total).toBe(0);
      expect(engine.memory().peak).toBe(0);
      await engine.dispose();
    }
  });

  it('names an engine whose gradients are wrong in one place', async () => {
    const engine = spoiled((stage) => {
      const read = stage.readGradients.bind(stage);
      return {
        async readGradients() {
          const values = await read();
          values[40] += 0.01;
          return values;
        },
      };
    });
    const result = await selfCheck(engine);
    expect(result).toMatchObject({ ok: false });
    expect(!result.ok && result.error.message).toMatch(
      /Plain TypeScript computes wrong gradients.*Choose another/,
    );
  });

  it('does not take NaN for a small difference', async () => {
    const engine = spoiled((stage) => ({
      readParameters: async () => new Float32Array(stage.spec.parameters.length).fill(NaN),
    }));
    const result = await selfCheck(engine);
    expect(!result.ok && result.error.message).toContain('not numbers');
  });

  it('turns a failure into a sentence, and frees what was allocated', async () => {
    const engine = spoiled(() => ({
      backward: () => Promise.reject(new Error('The shader would not compile.')),
    }));
    const result = await selfCheck(engine);
    expect(!result.ok && result.error.message).toMatch(
      /failed on a first small test: The shader would not compile\./,
    );
    expect(engine.memory().total).toBe(0);
  });
});
