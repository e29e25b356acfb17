/**
 * Activations and their slopes, in place on contiguous vectors of four numbers.
 * They run over one panel of a product's output while it is still in the nearest cache, so a pass of their own
 * costs next to nothing and the products need no variant per activation.
 */
import { LEAKY_RELU, LINEAR, RELU, SIGMOID, TANH } from './codes';
import { exp, madd } from './simd';

const LEAKY_SLOPE: f32 = 0.01;

/** tanh per lane, relative error below 3e-7: a polynomial near 0 (Cephes' `tanhf`), 1 − 2 / (e²ˣ + 1) elsewhere. */
function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  let p = f32x4.splat(-5.70498872745e-3);
  p = madd(p, z, f32x4.splat(2.06390887954e-2));
  p = madd(p, z, f32x4.splat(-5.37397155531e-2));
  p = madd(p, z, f32x4.splat(1.33314422036e-1));
  p = madd(p, z, f32x4.splat(-3.33332819422e-1));
  const near = madd(f32x4.mul(p, z), x, x);
  const one = f32x4.splat(1);
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(exp(f32x4.add(size, size)), one)));
  const signed = v128.or(far, v128.and(x, f32x4.splat(-0.0)));
  return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625)));
}

function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  return f32x4.div(one, f32x4.add(one, exp(f32x4.neg(x))));
}

/** y ← activation(y), `vectors` × 4 numbers. */
export function activate(kind: i32, y: usize, vectors: i32): void {
  if (kind == LINEAR) return;
  const end = y + ((<usize>vectors) << 4);
  const zero = f32x4.splat(0);
  if (kind == RELU) {
    // In this order: what is no number stays so, and the loss shows it.
    for (; y < end; y += 16) v128.store(y, f32x4.pmax(v128.load(y), zero));
  } else if (kind == LEAKY_RELU) {
    const slope = f32x4.splat(LEAKY_SLOPE);
    for (; y < end; y += 16) {
      const z = v128.load(y);
      v128.store(y, f32x4.pmax(f32x4.mul(z, slope), z));
    }
  } else if (kind == TANH) {
    for (; y < end; y += 16) v128.store(y, tanh(v128.load(y)));
  } else if (kind == SIGMOID) {
    for (; y < end; y += 16) v128.store(y, sigmoid(v128.load(y)));
  } else unreachable();
}

/** d ← d ⊙ activation′, read off the activation's output y; `vectors` × 4 numbers. */
export function applySlope(kind: i32, d: usize, y: usize, vectors: i32): void {
  if (kind == LINEAR) return;
  const end = d + ((<usize>vectors) << 4);
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  for (; d < end; d += 16, y += 16) {
    const gradient = v128.load(d);
    const output = v128.load(y);
    let result = gradient;
    if (kind == RELU) {
      result = v128.and(gradient, f32x4.gt(output, zero));
    } else if (kind == LEAKY_RELU) {
      const damped = f32x4.mul(gradient, f32x4.splat(LEAKY_SLOPE));
      result = v128.bitselect(gradient, damped, f32x4.gt(output, zero));
    } else if (kind == TANH) {
      result = f32x4.mul(gradient, f32x4.sub(one, f32x4.mul(output, output)));
    } else if (kind == SIGMOID) {
      result = f32x4.mul(gradient, f32x4.mul(output, f32x4.sub(one, output)));
    } else unreachable();
    v128.store(d, result);
  }
}

/** `applySlope` over quads `[quads][room for samples][4]`: of each, `samples` samples. */
export function applySlopes(kind: i32, d: usize, y: usize, quads: i32, stride: usize, samples: i32): void {
  for (let q = 0; q < quads; q++, d += stride, y += stride) applySlope(kind, d, y, samples);
}
