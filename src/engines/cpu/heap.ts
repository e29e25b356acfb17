/** Linear memory and who holds which part of it. */
import { EngineError } from '../errors.ts';
import type { Ledger } from '../ledger.ts';
import { ALIGNMENT, type Block } from './memory.ts';
import { roundUp } from './layout.ts';

const PAGE_BYTES = 65_536;

/** Freed or not yet used: bytes `from` … `to`. */
interface Gap {
  from: number;
  to: number;
}

/** A held block. Addresses are byte offsets; they stay valid when the memory grows. */
export interface Held {
  readonly address: number;
  readonly bytes: number;
  free(): void;
}

/**
 * First fit over a sorted list of gaps; neighbours merge when freed. Blocks are few (tens) and large, so nothing
 * cleverer pays. Memory grows as needed and, as WebAssembly has it, shrinks only by being dropped whole.
 */
export class Heap {
  readonly memory: WebAssembly.Memory;
  private readonly ledger: Ledger;
  private gaps: Gap[];

  /** @param base First byte that may be given out. */
  constructor(memory: WebAssembly.Memory, base: number, ledger: Ledger) {
    this.memory = memory;
    this.ledger = ledger;
    this.gaps = [{ from: roundUp(base, ALIGNMENT), to: memory.buffer.byteLength }];
  }

  /**
   * A block of zeros.
   * @throws EngineError where the browser gives no more memory; nothing is held then.
   */
  allocate({ kind, counted, bytes }: Block): Held {
    const address = this.find(bytes);
    new Uint8Array(this.memory.buffer, address, bytes).fill(0);
    const releases = [
      this.ledger.allocate(kind, counted),
      this.ledger.allocate('workspace', bytes - counted),
    ];
    let held = true;
    const free = () => {
      if (!held) return;
      held = false;
      releases.forEach((release) => release());
      this.give({ from: address, to: address + bytes });
    };
    return { address, bytes, free };
  }

  /** A view as floats. Make a new one after anything was allocated: growing detaches the old ones. */
  floats({ address, bytes }: Held): Float32Array {
    return new Float32Array(this.memory.buffer, address, bytes >>> 2);
  }

  /** A view as bytes; see `floats`. */
  bytes({ address, bytes }: Held): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, bytes);
  }

  /** A view as 32-bit integers; see `floats`. */
  integers({ address, bytes }: Held): Uint32Array {
    return new Uint32Array(this.memory.buffer, address, bytes >>> 2);
  }

  private find(bytes: number): number {
    let index = this.gaps.findIndex(({ from, to }) => to - from >= bytes);
    if (index < 0) {
      this.grow(bytes);
      index = this.gaps.length - 1;
    }
    const gap = this.gaps[index];
    const address = gap.from;
    gap.from += bytes;
    if (gap.from === gap.to) this.gaps.splice(index, 1);
    return address;
  }

  /** Makes the last gap at least `bytes` long. */
  private grow(bytes: number): void {
    const end = this.memory.buffer.byteLength;
    const last = this.gaps.at(-1);
    const tail = last?.to === end ? end - last.from : 0;
    const pages = Math.ceil((bytes - tail) / PAGE_BYTES);
    try {
      this.memory.grow(pages);
    } catch (cause) {
      throw Object.assign(EngineError.said('no-memory', end, bytes), { cause });
    }
    this.give({ from: end, to: this.memory.buffer.byteLength });
  }

  private give({ from, to }: Gap): void {
    const after = this.gaps.findIndex((gap) => gap.from >= to);
    const index = after < 0 ? this.gaps.length : after;
    const before = this.gaps[index - 1];
    const next = this.gaps[index];
    const merged = { from, to };
    let start = index;
    let count = 0;
    if (before?.to === from) [merged.from, start, count] = [before.from, index - 1, 1];
    if (next?.from === to) [merged.to, count] = [next.to, count + 1];
    this.gaps.splice(start, count, merged);
  }
}
