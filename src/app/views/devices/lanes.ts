/** From a strategy's spans to what its lanes show: which stretch of time, and how much of it was work. */
import type { Span, SpanKind } from '../../../devices/spans.ts';
import { roundTicks } from '../../ticks.ts';

/** Milliseconds, on the devices' common clock. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Kinds that train; waiting does not, and evaluation is not the method's work. */
export const WORK: readonly SpanKind[] = ['forward', 'backward', 'update', 'train', 'gather', 'send'];

const isWork = ({ kind }: Span): boolean => WORK.includes(kind);

/** Steps shown at first where devices exchange something at every step, and milliseconds where they do not. */
const STEPS = 5;
const LOCAL_MS = 1000;
/** Between turns other strategies work; within one no device rests this long. */
const BETWEEN_TURNS_MS = 100;

/** All that is known, in time: from the first to the last span of training. Null without any. */
export function known(lanes: readonly (readonly Span[])[]): Stretch | null {
  const work = lanes.flatMap((spans) => spans.filter(isWork));
  if (work.length === 0) return null;
  return {
    from: Math.min(...work.map(({ start }) => start)),
    to: Math.max(...work.map(({ end }) => end)),
  };
}

/**
 * The last few steps: from an update's end to another's. Where every device trains alone, the time of the last turn (a
 * second of it) in which all of them had work: who has less waits for the turn's end here, but would not by itself.
 */
export function lastSteps(lanes: readonly (readonly Span[])[]): Stretch | null {
  const all = known(lanes);
  if (!all) return null;
  const updates = (lanes[0] ?? [])
    .filter(({ kind }) => kind === 'update')
    .map(({ end }) => end)
    .sort((a, b) => a - b);
  if (updates.length > 1) return { from: updates[Math.max(0, updates.length - 1 - STEPS)], to: all.to };
  const began = lastTurn(lanes);
  const ends = lanes
    .map((spans) => spans.filter((span) => isWork(span) && span.start >= began).map(({ end }) => end))
    .filter((list) => list.length > 0)
    .map((list) => Math.max(...list));
  const to = Math.min(...ends);
  return { from: Math.max(began, to - LOCAL_MS), to };
}

/** When the last turn began: what comes after the last long rest of all devices. */
function lastTurn(lanes: readonly (readonly Span[])[]): number {
  const work = lanes.flatMap((spans) => spans.filter(isWork)).sort((a, b) => b.end - a.end);
  let began = Infinity;
  for (const { start, end } of work) {
    if (began - end > BETWEEN_TURNS_MS && began < Infinity) break;
    began = Math.min(began, start);
  }
  return began;
}

/** Spans that show in a stretch, cut to it. */
export function within(spans: readonly Span[], { from, to }: Stretch): Span[] {
  return spans.flatMap((span) =>
    span.end <= from || span.start >= to
      ? []
      : [{ ...span, start: Math.max(from, span.start), end: Math.min(to, span.end) }],
  );
}

/** What the device did at a time: the span that began last, where several overlap. */
export function spanAt(spans: readonly Span[], time: number): Span | undefined {
  return spans
    .filter(({ start, end }) => start <= time && time < end)
    .reduce<Span | undefined>(
      (latest, span) => (latest && latest.start > span.start ? latest : span),
      undefined,
    );
}

/**
 * A CSS shape that leaves of an element just these spans of the stretch: teeth on a line along the bottom. A tooth ends
 * before its span does, by a part of a pixel, so that neighbours can be told apart.
 */
export function comb(spans: readonly Span[], { from, to }: Stretch): string {
  const place = (time: number) => `${((100 * (time - from)) / (to - from)).toFixed(3)}%`;
  const teeth = [...spans]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => {
      const [left, right] = [place(start), `calc(${place(end)} - 0.5px)`];
      return `${left} 100%, ${left} 0, ${right} 0, ${right} 100%`;
    });
  return `polygon(0 100%, ${teeth.join(', ')}, 100% 100%)`;
}

/** Share of the stretch in which the device worked; spans that overlap count once. */
export function busyShare(spans: readonly Span[], stretch: Stretch): number {
  const work = within(spans, stretch)
    .filter(isWork)
    .sort((a, b) => a.start - b.start);
  let busy = 0;
  let until = stretch.from;
  for (const { start, end } of work) {
    if (end <= until) continue;
    busy += end - Math.max(start, until);
    until = end;
  }
  return busy / Math.max(1e-9, stretch.to - stretch.from);
}

/** Share of all devices' time in which they did not work. */
export function bubbleShare(lanes: readonly (readonly Span[])[], stretch: Stretch): number {
  return 1 - lanes.reduce((sum, spans) => sum + busyShare(spans, stretch), 0) / Math.max(1, lanes.length);
}

/** Where a pointer is along the lanes, 0 … 1. Time runs as the page is read: to the left where that is from the right. */
export const along = (
  x: number,
  { left, right, width }: Pick<DOMRect, 'left' | 'right' | 'width'>,
  fromRight: boolean,
): number => (fromRight ? right - x : x - left) / width;

const SHORTEST_MS = 0.5;

/** Zooms by `factor` (above 1: closer) around a place of the stretch, 0 … 1, within what is known. */
export function zoomed(stretch: Stretch, all: Stretch, factor: number, at = 0.5): Stretch {
  const length = Math.min(all.to - all.from, Math.max(SHORTEST_MS, (stretch.to - stretch.from) / factor));
  const centre = stretch.from + at * (stretch.to - stretch.from);
  return clamped(centre - at * length, length, all);
}

/** Moves by a share of the stretch's own length, within what is known. */
export function panned(stretch: Stretch, all: Stretch, share: number): Stretch {
  const length = stretch.to - stretch.from;
  return clamped(stretch.from + share * length, length, all);
}

function clamped(from: number, length: number, all: Stretch): Stretch {
  const start = Math.max(all.from, Math.min(from, all.to - length));
  return { from: start, to: start + length };
}

/** Round times to mark, from the stretch's beginning, about `count` of them. */
export const ticks = ({ from, to }: Stretch, count = 6): number[] => roundTicks(0, to - from, count);
