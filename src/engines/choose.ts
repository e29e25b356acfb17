/** Which engine trains, and the sentence that tells a person why. */
import type { Availability, EngineId } from './contract.ts';
import { availabilities, ENGINES, type EngineEntry } from './registry.ts';

export interface EngineChoice {
  /** `null` if nothing can run here. */
  readonly id: EngineId | null;
  /** For a person: the engine, what it runs on, and the reason. */
  readonly why: string;
  readonly availability: Readonly<Record<EngineId, Availability>>;
}

/**
 * Chooses an engine. `auto` takes WebGPU on a hardware adapter, otherwise the CPU: a software adapter draws its
 * speed from the same processor and loses most of it on the way (about 20 times slower than the CPU engine).
 * An engine that was asked for and is not there falls back to `auto`'s choice, and `why` says so.
 */
export async function chooseEngine(
  choice: 'auto' | EngineId,
  engines: Readonly<Record<EngineId, Pick<EngineEntry, 'label' | 'available'>>> = ENGINES,
): Promise<EngineChoice> {
  const availability = await availabilities(engines);
  if (choice === 'auto') return { ...automatic(availability), availability };
  const asked = availability[choice];
  const { label } = engines[choice];
  if (asked.ok) {
    const note =
      choice !== 'cpu' && asked.software
        ? ' No graphics card stands behind it, so expect it to be slow.'
        : '';
    return { id: choice, why: `${label} trains, as chosen, on ${asked.name}.${note}`, availability };
  }
  const instead = automatic(availability);
  return {
    id: instead.id,
    why: `${label} was asked for but cannot run here: ${sentence(asked.why)} ${instead.id ? 'Instead: ' : ''}${instead.why}`,
    availability,
  };
}

function automatic({
  webgpu,
  cpu,
  tfjs,
}: Readonly<Record<EngineId, Availability>>): Pick<EngineChoice, 'id' | 'why'> {
  if (webgpu.ok && !webgpu.software) {
    return { id: 'webgpu', why: `WebGPU trains on your graphics card, ${webgpu.name}.` };
  }
  if (cpu.ok) {
    const reason = webgpu.ok
      ? `The only WebGPU adapter here is a software one (${webgpu.name}), which is slower.`
      : sentence(webgpu.why);
    return { id: 'cpu', why: `The processor trains (${cpu.name}). ${reason}` };
  }
  if (webgpu.ok) {
    return {
      id: 'webgpu',
      why: `WebGPU trains on a software adapter (${webgpu.name}), slowly, because the CPU engine cannot run: ${sentence(cpu.why)}`,
    };
  }
  if (tfjs.ok) {
    return {
      id: 'tfjs',
      why: `TensorFlow.js trains on ${tfjs.name}, because neither faster engine can run here. ${sentence(webgpu.why)} ${sentence(cpu.why)}`,
    };
  }
  const reasons = [webgpu.why, cpu.why, tfjs.why].map(sentence).join(' ');
  return { id: null, why: `Nothing can train here. ${reasons}` };
}

function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
