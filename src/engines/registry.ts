/** The engines a person can choose. Each one's code arrives only when it is asked about or created. */
import {
  ENGINE_IDS,
  type Availability,
  type Engine,
  type EngineId,
  type EngineProvider,
} from './contract.ts';
import { enginesText } from './words.ts';

/** What the engine menu shows, and how to start the engine. */
export interface EngineEntry {
  readonly id: EngineId;
  readonly label: string;
  /** One sentence: what it is and when to choose it. */
  readonly description: string;
  /** Whether it can run here; never rejects. */
  available(): Promise<Availability>;
  create(): Promise<Engine>;
}

function lazy(
  id: EngineId,
  label: string,
  description: string,
  load: () => Promise<EngineProvider>,
): EngineEntry {
  return {
    id,
    label,
    description,
    async available() {
      try {
        return await (await load()).available();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { ok: false, why: enginesText.notLoaded(label, reason) };
      }
    },
    create: async () => (await load()).create(),
  };
}

export const ENGINES: Readonly<Record<EngineId, EngineEntry>> = {
  webgpu: lazy(
    'webgpu',
    'WebGPU',
    'Hand-written shaders on the graphics card: the fastest where there is one.',
    async () => (await import('./webgpu/index.ts')).webgpuEngine,
  ),
  cpu: lazy(
    'cpu',
    'CPU (WebAssembly)',
    'Vector instructions of the processor, one thread per device: runs everywhere, needs no graphics card.',
    async () => (await import('./cpu/index.ts')).cpuEngine,
  ),
  tfjs: lazy(
    'tfjs',
    'TensorFlow.js',
    'The well-known library on the same contract: slower, and a check on the other two.',
    async () => (await import('./tfjs/index.ts')).tfjsEngine,
  ),
};

/** Asks every engine at once whether it can run here. */
export async function availabilities(
  engines: Readonly<Record<EngineId, Pick<EngineEntry, 'available'>>> = ENGINES,
): Promise<Record<EngineId, Availability>> {
  const answers = await Promise.all(
    ENGINE_IDS.map(async (id) => [id, await engines[id].available()] as const),
  );
  return Object.fromEntries(answers) as Record<EngineId, Availability>;
}
