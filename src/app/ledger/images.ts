/** Whether memory is counted with the images: one switch for every figure on the page. They dwarf a small network. */
import { create } from 'zustand';
import { MEMORY_KINDS, type MemoryByKind } from '../../engines/ledger.ts';

export const useImages = create<{ readonly images: boolean }>()(() => ({ images: false }));

export const countImages = (images: boolean): void => useImages.setState({ images });

/** Bytes that a device holds, with the images or without them. */
export const heldBytes = (memory: MemoryByKind, images: boolean): number =>
  MEMORY_KINDS.reduce((sum, kind) => sum + (kind === 'data' && !images ? 0 : memory[kind]), 0);
