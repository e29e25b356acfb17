/**
 * The register tiles of the weight gradient, xᵀ · d: both operands are quads (see `tiles.ts`), read straight through,
 * and the result is rows of a weight panel. Height 6 is reached with one and a half quads of x, so three quads make
 * two tiles.
 */
import { madd } from './simd';

/**
 * Six rows of a panel of xᵀ · d: four from one quad of x, two from half of another.
 *
 * @param x The whole quad, @param half The half quad, both at their first sample.
 * @param d The first of two quads of d, `stride` bytes apart. Samples are taken four at a time; the padding ones
 *   must be 0 in d.
 * @param out Four rows `[4][8]`, @param outHalf two rows `[2][8]`.
 */
export function gradientTile6(
  x: usize,
  half: usize,
  d: usize,
  stride: usize,
  samples: i32,
  out: usize,
  outHalf: usize,
): void {
  let e = d + stride;
  let a0 = f32x4.splat(0);
  let b0 = a0;
  let a1 = a0;
  let b1 = a0;
  let a2 = a0;
  let b2 = a0;
  let a3 = a0;
  let b3 = a0;
  let a4 = a0;
  let b4 = a0;
  let a5 = a0;
  let b5 = a0;
  for (; samples > 0; samples -= 4) {
    let w = v128.load(d);
    let z = v128.load(e);
    let s = v128.load32_splat(x);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(x, 4);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(x, 8);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(x, 12);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    s = v128.load32_splat(half);
    a4 = madd(s, w, a4);
    b4 = madd(s, z, b4);
    s = v128.load32_splat(half, 4);
    a5 = madd(s, w, a5);
    b5 = madd(s, z, b5);
    w = v128.load(d, 16);
    z = v128.load(e, 16);
    s = v128.load32_splat(x, 16);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(x, 20);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(x, 24);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(x, 28);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    s = v128.load32_splat(half, 16);
    a4 = madd(s, w, a4);
    b4 = madd(s, z, b4);
    s = v128.load32_splat(half, 20);
    a5 = madd(s, w, a5);
    b5 = madd(s, z, b5);
    w = v128.load(d, 32);
    z = v128.load(e, 32);
    s = v128.load32_splat(x, 32);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(x, 36);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(x, 40);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(x, 44);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    s = v128.load32_splat(half, 32);
    a4 = madd(s, w, a4);
    b4 = madd(s, z, b4);
    s = v128.load32_splat(half, 36);
    a5 = madd(s, w, a5);
    b5 = madd(s, z, b5);
    w = v128.load(d, 48);
    z = v128.load(e, 48);
    s = v128.load32_splat(x, 48);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(x, 52);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(x, 56);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(x, 60);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    s = v128.load32_splat(half, 48);
    a4 = madd(s, w, a4);
    b4 = madd(s, z, b4);
    s = v128.load32_splat(half, 52);
    a5 = madd(s, w, a5);
    b5 = madd(s, z, b5);
    x += 64;
    half += 64;
    d += 64;
    e += 64;
  }
  v128.store(out, a0);
  v128.store(out, b0, 16);
  v128.store(out, a1, 32);
  v128.store(out, b1, 48);
  v128.store(out, a2, 64);
  v128.store(out, b2, 80);
  v128.store(out, a3, 96);
  v128.store(out, b3, 112);
  v128.store(outHalf, a4);
  v128.store(outHalf, b4, 16);
  v128.store(outHalf, a5, 32);
  v128.store(outHalf, b5, 48);
}

/** Four rows `[4][8]` of a panel of xᵀ · d, from one quad of x. */
export function gradientTile4(x: usize, d: usize, stride: usize, samples: i32, out: usize): void {
  let e = d + stride;
  let a0 = f32x4.splat(0);
  let b0 = a0;
  let a1 = a0;
  let b1 = a0;
  let a2 = a0;
  let b2 = a0;
  let a3 = a0;
  let b3 = a0;
  for (; samples > 0; samples -= 4) {
    let w = v128.load(d);
    let z = v128.load(e);
    let s = v128.load32_splat(x);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(x, 4);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(x, 8);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(x, 12);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    w = v128.load(d, 16);
    z = v128.load(e, 16);
    s = v128.load32_splat(x, 16);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(x, 20);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(x, 24);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(x, 28);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    w = v128.load(d, 32);
    z = v128.load(e, 32);
    s = v128.load32_splat(x, 32);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(x, 36);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(x, 40);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(x, 44);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    w = v128.load(d, 48);
    z = v128.load(e, 48);
    s = v128.load32_splat(x, 48);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(x, 52);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(x, 56);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(x, 60);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    x += 64;
    d += 64;
    e += 64;
  }
  v128.store(out, a0);
  v128.store(out, b0, 16);
  v128.store(out, a1, 32);
  v128.store(out, b1, 48);
  v128.store(out, a2, 64);
  v128.store(out, b2, 80);
  v128.store(out, a3, 96);
  v128.store(out, b3, 112);
}
