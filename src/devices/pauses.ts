/** Time that is no one's work: what of a span is left without the pauses in it. */

/** Milliseconds of one clock (`now`). */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** What a program took: from its first step to its last, with its pauses. */
export interface WorkClock extends Interval {
  readonly pauses: readonly Interval[];
}

/** The parts of a span outside all pauses, in order. Pauses may overlap and come in any order. */
export function without({ start, end }: Interval, pauses: readonly Interval[]): Interval[] {
  const parts: Interval[] = [];
  let from = start;
  for (const pause of [...pauses].sort((a, b) => a.start - b.start)) {
    if (pause.start >= end) break;
    if (pause.start > from) parts.push({ start: from, end: pause.start });
    from = Math.max(from, pause.end);
  }
  if (from < end) parts.push({ start: from, end });
  return parts;
}

/**
 * Milliseconds each of some programs worked that need each other: while one of them pauses, the others wait for it or
 * do what would else be done meanwhile.
 */
export function workedMs(clocks: readonly WorkClock[]): number[] {
  const pauses = clocks.flatMap((clock) => clock.pauses);
  return clocks.map((clock) => without(clock, pauses).reduce((sum, { start, end }) => sum + end - start, 0));
}
