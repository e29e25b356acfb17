import type { EngineId } from './contract.ts';

/**
 * How often an engine's results have changed: raised by one when the same link gives other bits than before. Recordings,
 * kept runs and the page name it, so that curves of two revisions are not taken for a repetition that failed.
 *
 * `cpu` 2: Adam's 1 − β are taken in double precision; in single precision its steps were 6.6e-6 too long.
 */
export const REVISIONS: Readonly<Record<EngineId, number>> = { webgpu: 1, cpu: 2, tfjs: 1 };

/** An engine's name with its revision, from the second on: "WebAssembly, relaxed SIMD, revision 2". */
export const revised = (id: EngineId, name: string): string =>
  REVISIONS[id] === 1 ? name : `${name}, revision ${REVISIONS[id]}`;
