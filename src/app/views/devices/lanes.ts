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
/** Share of the stretch in which the device that was done first is seen to be. */
const AFTER_DONE = 0.3;
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
 * The last few steps: from an update's end to another's. Where every device trains alone, the last turn (a second of it)
 * until the last device was done.
 */
export function lastSteps(lanes: readonly (readonly Span[])[]): Stretch | null {
  const all = known(lanes);
  if (!all) return null;
  if (stepsTogether(lanes)) {
    const updates = updatesOf(lanes);
    return { from: updates[Math.max(0, updates.length - 1 - STEPS)], to: all.to };
  }
  return { from: Math.max(lastTurn(lanes), all.to - LOCAL_MS), to: all.to };
}

/** Ends of the updates of the device that made the newest one: where devices train one after the other, others rest. */
function updatesOf(lanes: readonly (readonly Span[])[]): number[] {
  const all = lanes.map((spans) =>
    spans
      .filter(({ kind }) => kind === 'update')
      .map(({ end }) => end)
      .sort((a, b) => a - b),
  );
  return all.reduce((newest, one) => ((one.at(-1) ?? 0) > (newest.at(-1) ?? 0) ? one : newest), []);
}

const stepsTogether = (lanes: readonly (readonly Span[])[]): boolean => updatesOf(lanes).length > 1;

/**
 * Milliseconds that all strategies show on one axis, up to each one's end: as long as the last steps of those that
 * exchange something take, or else the longest last turn. 0 where nothing ran.
 */
export function commonLength(all: readonly (readonly (readonly Span[])[])[]): number {
  const exchanging = all.filter(stepsTogether);
  const stretches = (exchanging.length > 0 ? exchanging : all).map(lastSteps);
  return Math.max(0, ...stretches.map((stretch) => (stretch ? stretch.to - stretch.from : 0)));
}

/**
 * Where a stretch of so many milliseconds ends at first. Devices that train alone are done at different times: it ends
 * soon after the first is done, so that all of them are seen at work, and one that waits for nobody.
 */
export function endOf(lanes: readonly (readonly Span[])[], length: number): number {
  const all = known(lanes);
  if (!all) return 0;
  if (stepsTogether(lanes)) return all.to;
  const began = lastTurn(lanes);
  const done = lanes
    .map((spans) => Math.max(...spans.filter(isWork).map(({ end }) => end)))
    .filter((end) => end > began);
  return Math.min(all.to, Math.max(began + length, Math.min(...done) + AFTER_DONE * length));
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
export const busyShare = (spans: readonly Span[], { from, to }: Stretch): number =>
  merged(within(spans, { from, to }).filter(isWork).map(stretchOf), 0).reduce(
    (sum, work) => sum + work.to - work.from,
    0,
  ) / Math.max(1e-9, to - from);

/** Stretches without a gap of `most` milliseconds, in order. */
function merged(spans: readonly Stretch[], most: number): Stretch[] {
  const found: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = found[found.length - 1];
    if (last && from - last.to <= most) last.to = Math.max(last.to, to);
    else found.push({ from, to });
  }
  return found;
}

const stretchOf = ({ start, end }: Span): Stretch => ({ from: start, to: end });
/** When the strategy's devices trained: between turns others do, and evaluation is not the method's work. */
export function turnsOf(lanes: readonly (readonly Span[])[]): Stretch[] {
  const all = lanes.flat();
  const evaluations = merged(all.filter(({ kind }) => kind === 'evaluate').map(stretchOf), BETWEEN_TURNS_MS);
  return merged(all.filter(isWork).map(stretchOf), BETWEEN_TURNS_MS).flatMap((turn) =>
    without(turn, evaluations),
  );
}

/** What a device does in its strategy's turns beside working: milliseconds on the common clock. */
export interface Rests {
  /** All its steps of the turn are done; others' are not. */
  readonly done: readonly Stretch[];
  /** It waits for what others send: a bubble. */
  readonly data: readonly Stretch[];
  /** It has something to do and does not get to it: more devices than processor cores. */
  readonly core: readonly Stretch[];
}

/** @param turns Of all devices of the strategy together. */
export function restsOf(spans: readonly Span[], turns: readonly Stretch[]): Rests {
  const work = merged(spans.filter(isWork).map(stretchOf), 0);
  const waits = merged(spans.filter(({ kind }) => kind === 'wait').map(stretchOf), 0);
  const known = merged([...work, ...waits], 0);
  const rest = { done: [] as Stretch[], core: [] as Stretch[] };
  for (const turn of turns) {
    const mine = known.filter(({ from, to }) => to > turn.from && from < turn.to);
    let until = turn.from;
    for (const { from, to } of mine) {
      if (from > until) rest.core.push({ from: until, to: from });
      until = Math.max(until, to);
    }
    if (until < turn.to) rest.done.push({ from: until, to: turn.to });
  }
  const bubbles = waits.flatMap((wait) => without(wait, work));
  const data = turns.flatMap((turn) =>
    bubbles
      .filter(({ from, to }) => to > turn.from && from < turn.to)
      .map(({ from, to }) => ({ from: Math.max(from, turn.from), to: Math.min(to, turn.to) })),
  );
  return { ...rest, data };
}

/** What is left of a stretch outside others, which are in order and apart. */
function without({ from, to }: Stretch, others: readonly Stretch[]): Stretch[] {
  const left: Stretch[] = [];
  let at = from;
  for (const other of others) {
    if (other.to <= at || other.from >= to) continue;
    if (other.from > at) left.push({ from: at, to: other.from });
    at = other.to;
  }
  return at < to ? [...left, { from: at, to }] : left;
}

/** Shares of the turns' time in a stretch: together 1, or all 0 where no turn is in it. */
export interface Shares {
  readonly busy: number;
  readonly done: number;
  readonly data: number;
  readonly core: number;
}

export function sharesOf(spans: readonly Span[], turns: readonly Stretch[], stretch: Stretch): Shares {
  const inside = (list: readonly Stretch[]) =>
    list.reduce(
      (sum, { from, to }) => sum + Math.max(0, Math.min(to, stretch.to) - Math.max(from, stretch.from)),
      0,
    );
  const total = inside(turns);
  const rests = restsOf(spans, turns);
  const share = (list: readonly Stretch[]) => (total > 0 ? inside(list) / total : 0);
  const [done, data, core] = [share(rests.done), share(rests.data), share(rests.core)];
  return { busy: total > 0 ? Math.max(0, 1 - done - data - core) : 0, done, data, core };
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
