/** What a device was doing, when. Drawn as lanes; read for busy and idle shares. */
import { without, type Interval } from './pauses.ts';

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
export interface Span extends Interval {
  readonly kind: SpanKind;
  /** Optimizer steps covered, or the micro-batch, as the strategy sees fit. */
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
  /** Of the run, as far as someone waits since before them; the last may go on. */
  private pauses: Interval[] = [];
  private waits = 0;

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

  /** Waits for another device, and records it but for the time in which the run is paused. */
  async waiting<T>(work: () => Promise<T>, label?: string): Promise<T> {
    const start = now();
    this.waits++;
    try {
      return await work();
    } finally {
      this.waits--;
      const named = label === undefined ? {} : { label };
      for (const part of without({ start, end: now() }, this.pauses)) {
        this.add({ kind: 'wait', ...part, ...named });
      }
      this.forgetPauses();
    }
  }

  pause(): void {
    this.pauses.push({ start: now(), end: Infinity });
  }

  resume(): void {
    const last = this.pauses.pop();
    if (last) this.pauses.push({ start: last.start, end: Math.min(last.end, now()) });
    this.forgetPauses();
  }

  /** Who waits for nothing needs no pause that is over. */
  private forgetPauses(): void {
    if (this.waits === 0) this.pauses = this.pauses.filter(({ end }) => end === Infinity);
  }

  /** Takes the spans recorded since the last call. */
  drain(): Span[] {
    const drained = this.spans.slice(-this.limit);
    this.spans = [];
    return drained;
  }
}
