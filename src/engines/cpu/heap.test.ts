import { describe, expect, it } from 'vitest';
import { Ledger } from '../ledger.ts';
import { Random } from '../../network/random.ts';
import { Heap, type Held } from './heap.ts';

const block = (bytes: number) => ({ kind: 'workspace', counted: bytes, bytes }) as const;

describe('Heap', () => {
  it('never gives the same byte to two, gives zeros, and grows no more than needed', () => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 64 });
    const ledger = new Ledger();
    const heap = new Heap(memory, 1000, ledger);
    const random = Random.for(1, 'heap');
    let held: { block: Held; mark: number }[] = [];
    for (let round = 0; round < 400; round++) {
      if (held.length > 0 && random.below(5) < 2) {
        const [freed] = held.splice(random.below(held.length), 1);
        freed.block.free();
        freed.block.free();
      } else if (held.length < 20) {
        const one = heap.allocate(block(64 * (1 + random.below(1000))));
        expect(one.address % 64).toBe(0);
        expect(heap.bytes(one).every((byte) => byte === 0)).toBe(true);
        heap.bytes(one).fill(round);
        held.push({ block: one, mark: round & 255 });
      }
      for (const { block: one, mark } of held) {
        const bytes = heap.bytes(one);
        expect([bytes[0], bytes[bytes.length - 1]]).toEqual([mark, mark]);
      }
    }
    held.forEach(({ block: one }) => one.free());
    held = [];
    expect(ledger.read().total).toBe(0);
    // Everything merged again: one block of all that there is fits without growing.
    const size = memory.buffer.byteLength;
    heap.allocate(block(size - 1024));
    expect(memory.buffer.byteLength).toBe(size);
  });

  it('says what it holds and what was asked when there is no more, and goes on', () => {
    const heap = new Heap(new WebAssembly.Memory({ initial: 1, maximum: 32 }), 0, new Ledger());
    expect(() => heap.allocate(block(4 * 2 ** 20))).toThrow(/holds 1 MiB and asked for 4 MiB/);
    expect(heap.allocate(block(2 ** 20)).bytes).toBe(2 ** 20);
  });
});
