/** Every byte a device allocates, by what it is for. The memory curves are this, not an estimate. */

export const MEMORY_KINDS = [
  'parameters',
  'gradients',
  'optimizer',
  'activations',
  'labels',
  'data',
  'workspace',
] as const;
export type MemoryKind = (typeof MEMORY_KINDS)[number];

/** Bytes by kind. */
export type MemoryByKind = Readonly<Record<MemoryKind, number>>;

/** A reading of a ledger. `peak` is the largest `total` since creation or `resetPeak`, `peakByKind` what it was made of. */
export interface MemoryReading {
  readonly byKind: MemoryByKind;
  readonly total: number;
  readonly peak: number;
  readonly peakByKind: MemoryByKind;
}

/** Counts allocations and releases. Engines call it where they create and destroy buffers, nowhere else. */
export class Ledger {
  private readonly bytes = Object.fromEntries(MEMORY_KINDS.map((kind) => [kind, 0])) as Record<
    MemoryKind,
    number
  >;
  private peakBytes: MemoryByKind = { ...this.bytes };
  private total = 0;
  private peak = 0;

  /** Notes an allocation and returns the function that notes its release (calling that twice counts once). */
  allocate(kind: MemoryKind, bytes: number): () => void {
    this.add(kind, bytes);
    let held = true;
    return () => {
      if (held) this.add(kind, -bytes);
      held = false;
    };
  }

  read(): MemoryReading {
    return { byKind: { ...this.bytes }, total: this.total, peak: this.peak, peakByKind: this.peakBytes };
  }

  resetPeak(): void {
    this.peak = this.total;
    this.peakBytes = { ...this.bytes };
  }

  private add(kind: MemoryKind, bytes: number): void {
    this.bytes[kind] += bytes;
    this.total += bytes;
    if (this.total > this.peak) {
      this.peak = this.total;
      this.peakBytes = { ...this.bytes };
    }
  }
}
