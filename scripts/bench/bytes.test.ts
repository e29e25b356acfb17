import { describe, expect, it } from 'vitest';
import { watchBytes } from './bytes.ts';

describe('the byte counter', () => {
  it('sees the linear memories a module imports or exports, and their growth', async () => {
    const original = { memory: WebAssembly.Memory, instantiate: WebAssembly.instantiate };
    try {
      const bytes = watchBytes();
      const before = bytes.peak();
      const made = new WebAssembly.Memory({ initial: 1, maximum: 4 });
      expect(bytes.peak() - before).toBe(65_536);
      made.grow(2);
      expect(bytes.peak() - before).toBe(3 * 65_536);
      // (module (memory (export "m") 2))
      const source = [0, 97, 115, 109, 1, 0, 0, 0, 5, 3, 1, 0, 2, 7, 5, 1, 1, 109, 2, 0];
      await WebAssembly.instantiate(Uint8Array.from(source));
      expect(bytes.peak() - before).toBe(5 * 65_536);
    } finally {
      WebAssembly.Memory = original.memory;
      WebAssembly.instantiate = original.instantiate;
    }
  });
});
