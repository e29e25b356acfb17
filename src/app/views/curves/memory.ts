/** From what was measured on devices to bars and curves of memory: of each strategy, its fullest device. Bytes. */
import { MEMORY_KINDS, type MemoryByKind, type MemoryKind } from '../../../engines/ledger.ts';
import { levelAt, type Doing, type MemoryLevel } from '../../../session/memory-levels.ts';
import type { StrategyState, Point } from '../../../session/state.ts';

/** The kinds that count: all, or all but the images, which every strategy needs and which dwarf a small network. */
export const kindsOf = (images: boolean): readonly MemoryKind[] =>
  MEMORY_KINDS.filter((kind) => images || kind !== 'data');

export const sumOf = (byKind: MemoryByKind, kinds: readonly MemoryKind[]): number =>
  kinds.reduce((total, kind) => total + byKind[kind], 0);

/** Of several devices, the one with most of these kinds; undefined where there is none. */
export function fullestOf<T extends { readonly byKind: MemoryByKind }>(
  devices: readonly T[],
  kinds: readonly MemoryKind[],
): T | undefined {
  return devices.reduce<T | undefined>(
    (most, one) => (most && sumOf(most.byKind, kinds) >= sumOf(one.byKind, kinds) ? most : one),
    undefined,
  );
}

/** What the fullest device held at most while it did something. */
export interface Held {
  readonly doing: Doing;
  readonly byKind: MemoryByKind;
  /** The counted kinds together. */
  readonly bytes: number;
  /** Beside them, to look on. */
  readonly looking: number;
}

/** A point of a strategy's curve of memory. */
export interface MemoryPoint {
  readonly point: Point;
  /** While it was loaded, for the start; else while it trained in the turn that ended here. */
  readonly held: Held;
  /** What was done here beside: evaluating, and joining at the end of training. */
  readonly beside: readonly Held[];
  /** Most that any device ever held up to here. */
  readonly high: number;
}

const DURING: Readonly<Record<Point['phase'], Doing>> = {
  start: 'loading',
  training: 'training',
  recovery: 'recovering',
};

/** One for each of the curve's points. Recordings from before it was kept know only what was held at each point. */
export function memoryCurve(
  { points, memoryLevels: levels }: Pick<StrategyState, 'points' | 'memoryLevels'>,
  images: boolean,
): MemoryPoint[] {
  const kinds = kindsOf(images);
  let high = 0;
  return points.map((point, index): MemoryPoint => {
    const joins = point.phase !== 'recovery' && points[index + 1]?.phase === 'recovery';
    const of = (doing: Doing) => heldIn(levelAt(levels, doing, point.step), kinds);
    const held = of(DURING[point.phase]) ?? atPoint(point, kinds);
    const beside = [of('evaluating'), joins ? of('joining') : undefined].filter((one) => one !== undefined);
    for (const { bytes } of [held, ...beside]) high = Math.max(high, bytes);
    return { point, held, beside, high };
  });
}

function heldIn(level: MemoryLevel | undefined, kinds: readonly MemoryKind[]): Held | undefined {
  const most = level && fullestOf(level.devices, kinds);
  if (!level || !most) return undefined;
  return { doing: level.doing, ...most, bytes: sumOf(most.byKind, kinds) };
}

function atPoint({ memory, phase }: Point, kinds: readonly MemoryKind[]): Held {
  const most = fullestOf(memory, kinds);
  const byKind = most?.byKind ?? (Object.fromEntries(MEMORY_KINDS.map((kind) => [kind, 0])) as MemoryByKind);
  return { doing: DURING[phase], byKind, bytes: sumOf(byKind, kinds), looking: 0 };
}
