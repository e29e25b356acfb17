import { ENGINE_FACTS, type EngineId } from '../experiment/engines.ts';

/** An engine's name with its revision, from the second on: "WebAssembly, relaxed SIMD, revision 2". */
export function revised(id: EngineId, name: string): string {
  const { revision } = ENGINE_FACTS[id];
  return revision === 1 ? name : `${name}, revision ${revision}`;
}
