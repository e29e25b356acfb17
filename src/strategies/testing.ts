/** What strategies' runs are held against. For tests. */
import { expect } from 'vitest';
import type { MemoryReading } from '../engines/ledger.ts';
import type { CostEstimate } from './contract.ts';

/** ‖a − b‖ / ‖b‖. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let difference = 0;
  let size = 0;
  for (let i = 0; i < b.length; i++) {
    difference += (a[i] - b[i]) ** 2;
    size += b[i] ** 2;
  }
  return Math.sqrt(difference / size);
}

/** Those that closed forms know to the byte. */
const EXACT = ['parameters', 'gradients', 'optimizer', 'labels', 'data'] as const;

/**
 * Asserts that devices hold what closed forms foretell: to the byte, and no less than that of activations and workspace.
 * @param when At the high-water mark, with whatever is held for a while, or now, between turns.
 */
export function expectForetold(
  devices: readonly { readonly memory: MemoryReading }[],
  { devices: modelled }: CostEstimate,
  when: 'most' | 'now' = 'most',
): void {
  devices.forEach(({ memory }, rank) => {
    const held = when === 'most' ? memory.peakByKind : memory.byKind;
    const { memory: foretold } = modelled[rank];
    for (const kind of EXACT) expect(held[kind], `device ${rank} ${kind}`).toBe(foretold[kind]);
    expect(held.activations).toBeGreaterThanOrEqual(foretold.activations);
    expect(memory.peakByKind.workspace).toBeGreaterThanOrEqual(foretold.workspace);
  });
}
