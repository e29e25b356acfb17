/**
 * The register tiles: everything fast in this engine happens in these loops and those of `gradient-tiles.ts`.
 *
 * Two layouts make them fast without packing on the way (u = unit, n = sample, both padded):
 * - activations in *quads*, `[units / 4][samples][4]`: four units of a sample together, samples consecutive;
 * - weights in *panels*, `[outputs / 8][inputs][8]`: eight outputs of an input together, inputs consecutive.
 * A tile of the product `x · W` reads quads as its left operand and a panel as its right one, and writes quads.
 *
 * Tile height 6 × width 8 keeps 12 accumulators, 2 right vectors and 1 left splat in registers: 15, all that V8 has
 * on x86-64. Measured there, one thread, data in cache, against a multiply-add peak of 48 GFLOP/s (relaxed build):
 * 6×8 43, 4×12 41, 5×8 40, 12×4 38, 4×8 35 (8 chains cannot fill two 4-cycle multiply-add units). Plain build: all ~32.
 * Heights that 6 does not divide are finished by 4×8 tiles.
 */
import { madd } from './simd';

/**
 * out[6 samples, 8 units] = bias + left · panel.
 *
 * @param left The first of the 6 samples in the first quad; quads lie `stride` bytes apart.
 * @param panel `[4 · quads][8]`
 * @param out The first of the 6 samples in the first of two output quads, `stride` bytes apart.
 */
export function tile6(left: usize, stride: usize, panel: usize, quads: i32, bias: usize, out: usize): void {
  let a0 = v128.load(bias);
  let b0 = v128.load(bias, 16);
  let a1 = a0;
  let b1 = b0;
  let a2 = a0;
  let b2 = b0;
  let a3 = a0;
  let b3 = b0;
  let a4 = a0;
  let b4 = b0;
  let a5 = a0;
  let b5 = b0;
  for (; quads > 0; quads--) {
    let w = v128.load(panel);
    let z = v128.load(panel, 16);
    let s = v128.load32_splat(left);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(left, 16);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(left, 32);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(left, 48);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    s = v128.load32_splat(left, 64);
    a4 = madd(s, w, a4);
    b4 = madd(s, z, b4);
    s = v128.load32_splat(left, 80);
    a5 = madd(s, w, a5);
    b5 = madd(s, z, b5);
    w = v128.load(panel, 32);
    z = v128.load(panel, 48);
    s = v128.load32_splat(left, 4);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(left, 20);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(left, 36);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(left, 52);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    s = v128.load32_splat(left, 68);
    a4 = madd(s, w, a4);
    b4 = madd(s, z, b4);
    s = v128.load32_splat(left, 84);
    a5 = madd(s, w, a5);
    b5 = madd(s, z, b5);
    w = v128.load(panel, 64);
    z = v128.load(panel, 80);
    s = v128.load32_splat(left, 8);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(left, 24);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(left, 40);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(left, 56);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    s = v128.load32_splat(left, 72);
    a4 = madd(s, w, a4);
    b4 = madd(s, z, b4);
    s = v128.load32_splat(left, 88);
    a5 = madd(s, w, a5);
    b5 = madd(s, z, b5);
    w = v128.load(panel, 96);
    z = v128.load(panel, 112);
    s = v128.load32_splat(left, 12);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(left, 28);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(left, 44);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(left, 60);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    s = v128.load32_splat(left, 76);
    a4 = madd(s, w, a4);
    b4 = madd(s, z, b4);
    s = v128.load32_splat(left, 92);
    a5 = madd(s, w, a5);
    b5 = madd(s, z, b5);
    left += stride;
    panel += 128;
  }
  const next = out + stride;
  v128.store(out, a0);
  v128.store(next, b0);
  v128.store(out, a1, 16);
  v128.store(next, b1, 16);
  v128.store(out, a2, 32);
  v128.store(next, b2, 32);
  v128.store(out, a3, 48);
  v128.store(next, b3, 48);
  v128.store(out, a4, 64);
  v128.store(next, b4, 64);
  v128.store(out, a5, 80);
  v128.store(next, b5, 80);
}

/** `tile6` for 4 samples. */
export function tile4(left: usize, stride: usize, panel: usize, quads: i32, bias: usize, out: usize): void {
  let a0 = v128.load(bias);
  let b0 = v128.load(bias, 16);
  let a1 = a0;
  let b1 = b0;
  let a2 = a0;
  let b2 = b0;
  let a3 = a0;
  let b3 = b0;
  for (; quads > 0; quads--) {
    let w = v128.load(panel);
    let z = v128.load(panel, 16);
    let s = v128.load32_splat(left);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(left, 16);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(left, 32);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(left, 48);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    w = v128.load(panel, 32);
    z = v128.load(panel, 48);
    s = v128.load32_splat(left, 4);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(left, 20);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(left, 36);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(left, 52);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    w = v128.load(panel, 64);
    z = v128.load(panel, 80);
    s = v128.load32_splat(left, 8);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(left, 24);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(left, 40);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(left, 56);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    w = v128.load(panel, 96);
    z = v128.load(panel, 112);
    s = v128.load32_splat(left, 12);
    a0 = madd(s, w, a0);
    b0 = madd(s, z, b0);
    s = v128.load32_splat(left, 28);
    a1 = madd(s, w, a1);
    b1 = madd(s, z, b1);
    s = v128.load32_splat(left, 44);
    a2 = madd(s, w, a2);
    b2 = madd(s, z, b2);
    s = v128.load32_splat(left, 60);
    a3 = madd(s, w, a3);
    b3 = madd(s, z, b3);
    left += stride;
    panel += 128;
  }
  const next = out + stride;
  v128.store(out, a0);
  v128.store(next, b0);
  v128.store(out, a1, 16);
  v128.store(next, b1, 16);
  v128.store(out, a2, 32);
  v128.store(next, b2, 32);
  v128.store(out, a3, 48);
  v128.store(next, b3, 48);
}
