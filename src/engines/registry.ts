/** The engines a person can choose. Each one's code arrives only when it is asked about or created. */
import { ENGINE_FACTS } from '../experiment/engines.ts';
import { ENGINE_IDS, type Availability, type EngineId, type EngineProvider } from './contract.ts';
import { enginesText } from './words.ts';

/** How to start an engine. A new one is its folder and one line here, beside its facts in `experiment/engines.ts`. */
const LOADERS: { readonly [Id in EngineId]: () => Promise<EngineProvider> } = {
  webgpu: async () => (await import('./webgpu/index.ts')).webgpuEngine,
  cpu: async () => (await import('./cpu/index.ts')).cpuEngine,
  tfjs: async () => (await import('./tfjs/index.ts')).tfjsEngine,
};

function lazy(id: EngineId): EngineProvider {
  const load = LOADERS[id];
  return {
    async available() {
      try {
        return await (await load()).available();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { ok: false, why: enginesText.notLoaded(ENGINE_FACTS[id].label, reason) };
      }
    },
    create: async (options) => (await load()).create(options),
  };
}

/** `available` never rejects here. */
export const ENGINES = Object.fromEntries(ENGINE_IDS.map((id) => [id, lazy(id)])) as {
  readonly [Id in EngineId]: EngineProvider;
};

/** Asks every engine at once whether it can run here. */
export async function availabilities(
  engines: Readonly<Record<EngineId, Pick<EngineProvider, 'available'>>> = ENGINES,
): Promise<Record<EngineId, Availability>> {
  const answers = await Promise.all(
    ENGINE_IDS.map(async (id) => [id, await engines[id].available()] as const),
  );
  return Object.fromEntries(answers) as Record<EngineId, Availability>;
}
