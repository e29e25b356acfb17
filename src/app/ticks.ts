/** A step of 1, 2 or 5 times a power of ten, of which about `count` make the length. */
function roundStep(length: number, count: number): number {
  const rough = length / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  // A little less, or a rounding error would take the next one.
  return power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * (1 - 1e-9)) ?? 10);
}

/** An axis that holds both numbers and ends at round ones, with about `count` steps between. */
export function roundAxis(
  low: number,
  high: number,
  count = 5,
): { readonly domain: readonly [number, number]; readonly ticks: readonly number[] } {
  const [from, to] = apart(low, high) ? [low, high] : aroundZero(high);
  const step = roundStep(to - from, count);
  const ticks = multiples(step, Math.floor(from / step + 1e-9), Math.ceil(to / step - 1e-9));
  return { domain: [ticks[0], ticks[ticks.length - 1]], ticks };
}

const SMALL = 1e-12;

/** Whether two numbers differ by more than their rounding. */
const apart = (low: number, high: number): boolean =>
  high - low > SMALL + 1e-9 * Math.max(Math.abs(low), Math.abs(high));

/** For a single number: from zero to it, or to one. */
const aroundZero = (value: number): readonly [number, number] =>
  Math.abs(value) < SMALL ? [0, 1] : [Math.min(0, value), Math.max(0, value)];

/** Round numbers between two others, about `count` of them: multiples of 1, 2 or 5 times a power of ten. */
export function roundTicks(from: number, to: number, count = 6): number[] {
  if (!(to > from)) return [from];
  const step = roundStep(to - from, count);
  // A little beyond, or a rounding error would lose the last one.
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return multiples(step, first, last);
}

const multiples = (step: number, first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));

/** Round numbers on a logarithmic axis: powers of ten; where there are few, others between them as well. */
export function logTicks(low: number, high: number): number[] {
  if (!(low > 0 && high > low)) return [];
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const factors =
    to - from > 3 ? [1] : to - from > 1.5 ? [1, 2, 5] : to - from > 0.5 ? [1, 1.5, 2, 3, 5, 7] : FINE;
  const powers = Array.from(
    { length: Math.ceil(to) - Math.floor(from) + 1 },
    (_, at) => Math.floor(from) + at,
  );
  return powers
    .flatMap((power) => factors.map((factor) => Number((factor * 10 ** power).toPrecision(3))))
    .filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
}

const FINE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9];
