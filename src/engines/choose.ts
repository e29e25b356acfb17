/** Which engine trains, and the sentence that tells a person why. */
import type { Availability, EngineId } from './contract.ts';
import { availabilities, ENGINES, type EngineEntry } from './registry.ts';
import { enginesText as text } from './words.ts';

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
    const slow = choice !== 'cpu' && asked.software ? [text.noCardBehind] : [];
    return { id: choice, why: [text.asChosen(label, asked.name), ...slow].join(' '), availability };
  }
  const instead = automatic(availability);
  return {
    id: instead.id,
    why: instead.id
      ? text.askedFor(label, sentence(asked.why), instead.why)
      : `${text.askedFor(label, sentence(asked.why), null)} ${instead.why}`,
    availability,
  };
}

function automatic({
  webgpu,
  cpu,
  tfjs,
}: Readonly<Record<EngineId, Availability>>): Pick<EngineChoice, 'id' | 'why'> {
  if (webgpu.ok && !webgpu.software) {
    return { id: 'webgpu', why: text.onCard(webgpu.name) };
  }
  if (cpu.ok) {
    const reason = webgpu.ok ? text.onlySoftware(webgpu.name) : sentence(webgpu.why);
    return { id: 'cpu', why: `${text.onProcessor(cpu.name)} ${reason}` };
  }
  if (webgpu.ok) {
    return { id: 'webgpu', why: text.onSoftware(webgpu.name, sentence(cpu.why)) };
  }
  if (tfjs.ok) {
    return { id: 'tfjs', why: text.onTfjs(tfjs.name, `${sentence(webgpu.why)} ${sentence(cpu.why)}`) };
  }
  const reasons = [webgpu.why, cpu.why, tfjs.why].map(sentence).join(' ');
  return { id: null, why: text.nothing(reasons) };
}

function sentence(why: string): string {
  return /[.!?]$/.test(why.trim()) ? why.trim() : `${why.trim()}.`;
}
