import { describe, expect, it } from 'vitest';
import { ENGINE_FACTS } from '../experiment/engines.ts';
import { ENGINE_IDS } from './contract.ts';
import { availabilities, ENGINES } from './registry.ts';

describe('the engine menu', () => {
  it('has every engine, with words for a person', () => {
    expect(Object.keys(ENGINES)).toEqual([...ENGINE_IDS]);
    for (const id of ENGINE_IDS) {
      expect(ENGINE_FACTS[id].label).not.toBe('');
      expect(ENGINE_FACTS[id].description).toMatch(/\.$/);
    }
  });

  it('says of each engine whether it runs here, and never rejects', async () => {
    // Node without Dawn: no WebGPU, but the CPU engine and TensorFlow.js run.
    const answers = await availabilities();
    expect(answers.cpu).toMatchObject({ ok: true });
    expect(answers.tfjs).toMatchObject({ ok: true, software: true });
    expect(answers.webgpu).toMatchObject({ ok: false });
    expect(!answers.webgpu.ok && answers.webgpu.why).toMatch(/WebGPU.*\.$/);
  });

  it('starts the engine that was chosen', async () => {
    const engine = await ENGINES.cpu.create();
    expect(engine.about.engine).toBe('cpu');
    await engine.dispose();
  });
});
