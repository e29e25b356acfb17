/** What devices hold while they do this or that, from stretch to stretch of a run: mostly the same, so changes are kept. */
import { MEMORY_KINDS, type MemoryMoment } from '../engines/ledger.ts';

export const DOINGS = ['loading', 'training', 'evaluating', 'joining', 'recovering'] as const;
/** `loading` is being opened and given weights and images; `recovering` is training once joined. */
export type Doing = (typeof DOINGS)[number];

/** From the turn that ended at `step` on, until there is another one of the same doing. */
export interface MemoryLevel {
  readonly doing: Doing;
  /** Steps since the start, recovery included. */
  readonly step: number;
  /** By rank, the fullest moment. */
  readonly devices: readonly MemoryMoment[];
}

/** With one more, if it says anything new. */
export function withLevel(levels: readonly MemoryLevel[], level: MemoryLevel): readonly MemoryLevel[] {
  const before = levels.findLast(({ doing }) => doing === level.doing);
  return before && same(before.devices, level.devices) ? levels : [...levels, level];
}

const same = (a: readonly MemoryMoment[], b: readonly MemoryMoment[]): boolean =>
  a.length === b.length &&
  a.every(
    ({ byKind, looking }, rank) =>
      looking === b[rank].looking && MEMORY_KINDS.every((kind) => byKind[kind] === b[rank].byKind[kind]),
  );

/** What was held while this was done at a step; undefined where it had not been done yet. */
export const levelAt = (
  levels: readonly MemoryLevel[],
  doing: Doing,
  step: number,
): MemoryLevel | undefined => levels.findLast((level) => level.doing === doing && level.step <= step);
