import { describe, expect, it } from 'vitest';
import { ENGINES } from './registry.ts';
import { chooseEngine } from './choose.ts';
import type { Availability, EngineId } from './contract.ts';

const HARDWARE: Availability = { ok: true, name: 'NVIDIA GeForce RTX 3060', software: false };
const SOFTWARE: Availability = { ok: true, name: 'SwiftShader (software)', software: true };
const CPU: Availability = { ok: true, name: 'WebAssembly, relaxed SIMD', software: true };
const TFJS: Availability = { ok: true, name: 'TensorFlow.js on WebGL (ANGLE)', software: false };
const NO_GPU: Availability = { ok: false, why: 'This browser has no WebGPU. Use a recent Chrome or Edge.' };
const NO_CPU: Availability = { ok: false, why: 'WebAssembly is switched off.' };
const NO_TFJS: Availability = { ok: false, why: 'Its file did not load.' };

function engines(webgpu: Availability, cpu: Availability = CPU, tfjs: Availability = TFJS) {
  const entry = (answer: Availability) => ({ available: async () => answer });
  return {
    ...ENGINES,
    webgpu: entry(webgpu),
    cpu: entry(cpu),
    tfjs: entry(tfjs),
  };
}

describe('choosing an engine', () => {
  it.each<[string, 'auto' | EngineId, ReturnType<typeof engines>, EngineId | null, RegExp]>([
    ['a hardware adapter', 'auto', engines(HARDWARE), 'webgpu', /graphics card, NVIDIA GeForce RTX 3060/],
    ['a software adapter', 'auto', engines(SOFTWARE), 'cpu', /relaxed SIMD.*software one \(SwiftShader/],
    [
      'no WebGPU',
      'auto',
      engines(NO_GPU),
      'cpu',
      /^The processor trains \(WebAssembly.*\)\. This browser has no WebGPU\. Use/,
    ],
    ['only a software adapter', 'auto', engines(SOFTWARE, NO_CPU), 'webgpu', /slowly.*switched off/],
    ['only TensorFlow.js', 'auto', engines(NO_GPU, NO_CPU), 'tfjs', /TensorFlow\.js on WebGL/],
    [
      'nothing at all',
      'auto',
      engines(NO_GPU, NO_CPU, NO_TFJS),
      null,
      /Nothing can train here\..*did not load/,
    ],
    ['the CPU, asked for', 'cpu', engines(HARDWARE), 'cpu', /as chosen, on WebAssembly, relaxed SIMD\.$/],
    ['software WebGPU, asked for', 'webgpu', engines(SOFTWARE), 'webgpu', /as chosen.*expect it to be slow/],
    [
      'WebGPU, asked for, absent',
      'webgpu',
      engines(NO_GPU),
      'cpu',
      /asked for but cannot run here.*Instead: The processor/,
    ],
    [
      'the CPU, asked for, absent',
      'cpu',
      engines(HARDWARE, NO_CPU),
      'webgpu',
      /switched off\. Instead: WebGPU trains/,
    ],
  ])('with %s', async (_, choice, available, id, why) => {
    const chosen = await chooseEngine(choice, available);
    expect(chosen.id).toBe(id);
    expect(chosen.why).toMatch(why);
    expect(chosen.why).not.toMatch(/\.\.|\s{2}|undefined/);
    expect(chosen.availability.webgpu).toBe(await available.webgpu.available());
  });
});
