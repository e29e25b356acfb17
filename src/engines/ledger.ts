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

/**
 * `looking` is what is held for a moment to look on: weights read out, what evaluation holds between layers, scores of
 * test images. It is counted apart, or whoever looks at training would change what training is measured to need.
 */
export type HeldKind = MemoryKind | 'looking';

/** Bytes by kind. */
export type MemoryByKind = Readonly<Record<MemoryKind, number>>;

/** A reading of a ledger. `peak` is the largest `total` since creation or `resetPeak`, `peakByKind` what it was made of. */
export interface MemoryReading {
  readonly byKind: MemoryByKind;
  readonly total: number;
  readonly peak: number;
  readonly peakByKind: MemoryByKind;
  /** Most bytes ever held at once to look on; in none of the sums above. */
  readonly looking: number;
}

/** The fullest moment of a stretch of time: what was held then by kind, and the most that was held to look on. Bytes. */
export interface MemoryMoment {
  readonly byKind: MemoryByKind;
  readonly looking: number;
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
  private looking = 0;
  private lookingPeak = 0;
  /** Since the last `takeFullest`. */
  private recent = 0;
  private recentBytes: MemoryByKind = { ...this.bytes };
  private recentLooking = 0;

  /** Notes an allocation and returns the function that notes its release (calling that twice counts once). */
  allocate(kind: HeldKind, bytes: number): () => void {
    this.add(kind, bytes);
    let held = true;
    return () => {
      if (held) this.add(kind, -bytes);
      held = false;
    };
  }

  read(): MemoryReading {
    const { total, peak, peakBytes: peakByKind, lookingPeak: looking } = this;
    return { byKind: { ...this.bytes }, total, peak, peakByKind, looking };
  }

  /** The fullest moment since the last one was taken; the next begins with what is held now. */
  takeFullest(): MemoryMoment {
    const taken = { byKind: this.recentBytes, looking: this.recentLooking };
    this.recent = this.total;
    this.recentBytes = { ...this.bytes };
    this.recentLooking = this.looking;
    return taken;
  }

  resetPeak(): void {
    this.takeFullest();
    this.peak = this.total;
    this.peakBytes = { ...this.bytes };
    this.lookingPeak = this.looking;
  }

  private add(kind: HeldKind, bytes: number): void {
    if (kind === 'looking') {
      this.looking += bytes;
      this.lookingPeak = Math.max(this.lookingPeak, this.looking);
      this.recentLooking = Math.max(this.recentLooking, this.looking);
      return;
    }
    this.bytes[kind] += bytes;
    this.total += bytes;
    if (this.total > this.peak) {
      this.peak = this.total;
      this.peakBytes = { ...this.bytes };
    }
    if (this.total > this.recent) {
      this.recent = this.total;
      this.recentBytes = { ...this.bytes };
    }
  }
}

/** What an engine tells of its ledger, and enters into it for others. */
export const answersOf = (ledger: Ledger) => ({
  hold: (kind: HeldKind, bytes: number): (() => void) => ledger.allocate(kind, bytes),
  memory: (): MemoryReading => ledger.read(),
  takeFullest: (): MemoryMoment => ledger.takeFullest(),
  resetPeak: (): void => ledger.resetPeak(),
});
