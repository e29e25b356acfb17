import { MEMORY_KINDS, type MemoryByKind } from '../../engines/ledger.ts';

/** What a device needs to train: everything but the images, which a stream could bring. */
export const trainingBytes = (memory: MemoryByKind): number =>
  MEMORY_KINDS.reduce((sum, kind) => sum + (kind === 'data' ? 0 : memory[kind]), 0);
