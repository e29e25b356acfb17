/** What lies between two lines where one is below the other: what is lost. */
import type { Dot } from './series.ts';

/** Bounded above and below, from left to right. */
export type Patch = readonly { readonly x: number; readonly top: number; readonly bottom: number }[];

/** The stretches of the horizontal axis, both lines' own, on which `lower` lies below `upper`; lines are straight between dots. */
export function below(lower: readonly Dot[], upper: readonly Dot[]): Patch[] {
  if (lower.length === 0 || upper.length === 0) return [];
  const from = Math.max(lower[0].x, upper[0].x);
  const to = Math.min(lower[lower.length - 1].x, upper[upper.length - 1].x);
  const places = [...new Set([from, to, ...[...lower, ...upper].map(({ x }) => x)])]
    .filter((x) => x >= from && x <= to)
    .sort((a, b) => a - b);
  const patches: Patch[] = [];
  let open: { x: number; top: number; bottom: number }[] = [];
  let before: { x: number; top: number; bottom: number } | null = null;
  const close = () => {
    if (open.length > 1) patches.push(open);
    open = [];
  };
  for (const x of places) {
    const here = { x, top: heightAt(upper, x), bottom: heightAt(lower, x) };
    if (before && before.top > before.bottom !== here.top > here.bottom) {
      const share = (before.top - before.bottom) / (before.top - before.bottom - (here.top - here.bottom));
      const y = before.top + share * (here.top - before.top);
      open.push({ x: before.x + share * (x - before.x), top: y, bottom: y });
      if (here.top <= here.bottom) close();
    }
    if (here.top > here.bottom) open.push(here);
    before = here;
  }
  close();
  return patches;
}

/** A line's height at a place between its first and last dot. */
function heightAt(dots: readonly Dot[], x: number): number {
  const next = dots.findIndex((dot) => dot.x >= x);
  const [a, b] = [dots[Math.max(0, next - 1)], dots[next]];
  return b.x === a.x ? b.y : a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y);
}
