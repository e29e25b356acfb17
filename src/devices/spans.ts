/** What a device was doing, when. Drawn as lanes; read for busy and idle shares. */

export const SPAN_KINDS = [
  'forward',
  'backward',
  'update',
  'train',
  'gather',
  'evaluate',
  'send',
  'wait',
] as const;
/** `train` is a run of local steps, where forward, backward and update are fused; the rest is as it says. */
export type SpanKind = (typeof SPAN_KINDS)[number];

/** Times are milliseconds of `performance.timeOrigin + performance.now()`: one clock for page and workers. */
export interface Span {
  readonly kind: SpanKind;
  readonly start: number;
  readonly end: number;
  /** Optimiser steps covered, or the micro-batch, as the strategy sees fit. */
  readonly label?: string;
}

/** Milliseconds by kind. */
export type SpanTotals = Readonly<Record<SpanKind, number>>;

/** Kind by kind. */
export const addTotals = (a: SpanTotals, b: SpanTotals): SpanTotals =>
  Object.fromEntries(SPAN_KINDS.map((kind) => [kind, a[kind] + b[kind]])) as SpanTotals;

export const now = (): number => performance.timeOrigin + performance.now();

/** Keeps the newest spans; old ones fall off so that a long run cannot fill the memory. */
export class SpanRecorder {
  private spans: Span[] = [];
  private readonly sums: Record<SpanKind, number>;
  private readonly limit: number;

  constructor(limit = 2048) {
    this.limit = limit;
    this.sums = Object.fromEntries(SPAN_KINDS.map((kind) => [kind, 0])) as Record<SpanKind, number>;
  }

  /** Milliseconds spent on each kind since the beginning. */
  totals(): SpanTotals {
    return { ...this.sums };
  }

  add(span: Span): void {
    this.sums[span.kind] += span.end - span.start;
    this.spans.push(span);
    if (this.spans.length > 2 * this.limit) this.spans = this.spans.slice(-this.limit);
  }

  /** Runs `work` and records how long it took, also when it throws. */
  async during<T>(kind: SpanKind, work: () => Promise<T>, label?: string): Promise<T> {
    const start = now();
    try {
      return await work();
    } finally {
      this.add({ kind, start, end: now(), ...(label === undefined ? {} : { label }) });
    }
  }

  /** The same for work that does not wait. */
  while<T>(kind: SpanKind, work: () => T, label?: string): T {
    const start = now();
    try {
      return work();
    } finally {
      this.add({ kind, start, end: now(), ...(label === undefined ? {} : { label }) });
    }
  }

  /** Takes the spans recorded since the last call. */
  drain(): Span[] {
    const drained = this.spans.slice(-this.limit);
    this.spans = [];
    return drained;
  }
}
