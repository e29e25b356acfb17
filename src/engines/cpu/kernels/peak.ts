/** The machine's own limit: what a benchmark holds the products against. */
import { madd } from './simd';

/**
 * Multiply-adds that touch nothing but registers: 12 independent chains (as many as `tile6` keeps), each extended four
 * times a round.
 * @returns A number that depends on all of them, so that nothing can be left out. 384 FLOPs a round.
 */
export function peak(rounds: i32, factor: f32, term: f32): f32 {
  const x = f32x4.splat(factor);
  const y = f32x4.splat(term);
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(1);
  let c2 = f32x4.splat(2);
  let c3 = f32x4.splat(3);
  let c4 = f32x4.splat(4);
  let c5 = f32x4.splat(5);
  let c6 = f32x4.splat(6);
  let c7 = f32x4.splat(7);
  let c8 = f32x4.splat(8);
  let c9 = f32x4.splat(9);
  let c10 = f32x4.splat(10);
  let c11 = f32x4.splat(11);
  for (; rounds > 0; rounds--) {
    c0 = madd(c0, x, y);
    c1 = madd(c1, x, y);
    c2 = madd(c2, x, y);
    c3 = madd(c3, x, y);
    c4 = madd(c4, x, y);
    c5 = madd(c5, x, y);
    c6 = madd(c6, x, y);
    c7 = madd(c7, x, y);
    c8 = madd(c8, x, y);
    c9 = madd(c9, x, y);
    c10 = madd(c10, x, y);
    c11 = madd(c11, x, y);
    c0 = madd(c0, x, y);
    c1 = madd(c1, x, y);
    c2 = madd(c2, x, y);
    c3 = madd(c3, x, y);
    c4 = madd(c4, x, y);
    c5 = madd(c5, x, y);
    c6 = madd(c6, x, y);
    c7 = madd(c7, x, y);
    c8 = madd(c8, x, y);
    c9 = madd(c9, x, y);
    c10 = madd(c10, x, y);
    c11 = madd(c11, x, y);
    c0 = madd(c0, x, y);
    c1 = madd(c1, x, y);
    c2 = madd(c2, x, y);
    c3 = madd(c3, x, y);
    c4 = madd(c4, x, y);
    c5 = madd(c5, x, y);
    c6 = madd(c6, x, y);
    c7 = madd(c7, x, y);
    c8 = madd(c8, x, y);
    c9 = madd(c9, x, y);
    c10 = madd(c10, x, y);
    c11 = madd(c11, x, y);
    c0 = madd(c0, x, y);
    c1 = madd(c1, x, y);
    c2 = madd(c2, x, y);
    c3 = madd(c3, x, y);
    c4 = madd(c4, x, y);
    c5 = madd(c5, x, y);
    c6 = madd(c6, x, y);
    c7 = madd(c7, x, y);
    c8 = madd(c8, x, y);
    c9 = madd(c9, x, y);
    c10 = madd(c10, x, y);
    c11 = madd(c11, x, y);
  }
  let all = c0;
  all = f32x4.add(all, c1);
  all = f32x4.add(all, c2);
  all = f32x4.add(all, c3);
  all = f32x4.add(all, c4);
  all = f32x4.add(all, c5);
  all = f32x4.add(all, c6);
  all = f32x4.add(all, c7);
  all = f32x4.add(all, c8);
  all = f32x4.add(all, c9);
  all = f32x4.add(all, c10);
  all = f32x4.add(all, c11);
  return (
    f32x4.extract_lane(all, 0) +
    f32x4.extract_lane(all, 1) +
    f32x4.extract_lane(all, 2) +
    f32x4.extract_lane(all, 3)
  );
}
