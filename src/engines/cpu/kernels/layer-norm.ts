/**
 * Layer normalisation over quads `[quads][room for samples][4]`. Four samples are worked on together: their numbers of a
 * quad fill one cache line, where those of one sample lie `stride` bytes apart.
 */
import { laneMask, madd, sumLanes } from './simd';
import { update } from './optimizer';

/** 1 in lanes that are units, and 0 in those that fill up the last quads. */
function kept(v: v128, quad: i32, units: i32): v128 {
  return (quad << 2) + 4 <= units ? v : v128.and(v, laneMask(quad << 2, units));
}

/** x̂ = (x − mean) / √(variance + epsilon). */
function normal(x: v128, mean: v128, inverse: v128): v128 {
  return f32x4.mul(f32x4.sub(x, mean), inverse);
}

/** `means` `[samples]` and `inverses` 1 / √(variance + epsilon) `[samples]` of x's samples. */
export function layerNormStatistics(
  x: usize,
  units: i32,
  quads: i32,
  stride: usize,
  samples: i32,
  epsilon: f32,
  means: usize,
  inverses: usize,
): void {
  for (let n: usize = 0; n < <usize>samples; n += 4) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let at = x + (n << 4);
    for (let q = 0; q < quads; q++, at += stride) {
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
    }
    const count = <f64>units;
    const m0 = <f32>(sumLanes(s0) / count);
    const m1 = <f32>(sumLanes(s1) / count);
    const m2 = <f32>(sumLanes(s2) / count);
    const m3 = <f32>(sumLanes(s3) / count);
    s0 = f32x4.splat(0);
    s1 = s0;
    s2 = s0;
    s3 = s0;
    at = x + (n << 4);
    for (let q = 0; q < quads; q++, at += stride) {
      const d0 = kept(f32x4.sub(v128.load(at), f32x4.splat(m0)), q, units);
      const d1 = kept(f32x4.sub(v128.load(at, 16), f32x4.splat(m1)), q, units);
      const d2 = kept(f32x4.sub(v128.load(at, 32), f32x4.splat(m2)), q, units);
      const d3 = kept(f32x4.sub(v128.load(at, 48), f32x4.splat(m3)), q, units);
      s0 = madd(d0, d0, s0);
      s1 = madd(d1, d1, s1);
      s2 = madd(d2, d2, s2);
      s3 = madd(d3, d3, s3);
    }
    v128.store(means + (n << 2), f32x4(m0, m1, m2, m3));
    const e = <f64>epsilon;
    store<f32>(inverses + (n << 2), <f32>(1 / Math.sqrt(sumLanes(s0) / count + e)));
    store<f32>(inverses + (n << 2), <f32>(1 / Math.sqrt(sumLanes(s1) / count + e)), 4);
    store<f32>(inverses + (n << 2), <f32>(1 / Math.sqrt(sumLanes(s2) / count + e)), 8);
    store<f32>(inverses + (n << 2), <f32>(1 / Math.sqrt(sumLanes(s3) / count + e)), 12);
  }
}

/**
 * y = x̂ · scale + shift.
 *
 * @param scale `[4 · quads]`, the shift `[4 · quads]` after it; both 0 in units that fill up.
 * @param means, inverses Room for a number a sample each.
 */
export function layerNorm(
  x: usize,
  scale: usize,
  y: usize,
  units: i32,
  quads: i32,
  stride: usize,
  samples: i32,
  epsilon: f32,
  means: usize,
  inverses: usize,
): void {
  layerNormStatistics(x, units, quads, stride, samples, epsilon, means, inverses);
  const shift = scale + ((<usize>quads) << 4);
  for (let q: usize = 0; q < <usize>quads; q++) {
    const factor = v128.load(scale + (q << 4));
    const offset = v128.load(shift + (q << 4));
    const from = q * stride;
    for (let n: usize = 0; n < <usize>samples; n++) {
      const at = from + (n << 4);
      const mean = v128.load32_splat(means + (n << 2));
      const inverse = v128.load32_splat(inverses + (n << 2));
      v128.store(y + at, madd(normal(v128.load(x + at), mean, inverse), factor, offset));
    }
  }
}

/** dx = (g − mean(g) − x̂ · mean(g ⊙ x̂)) / √(variance + epsilon), g = d ⊙ scale. */
export function layerNormInputGradient(
  d: usize,
  scale: usize,
  x: usize,
  dx: usize,
  units: i32,
  quads: i32,
  stride: usize,
  samples: i32,
  epsilon: f32,
  means: usize,
  inverses: usize,
): void {
  layerNormStatistics(x, units, quads, stride, samples, epsilon, means, inverses);
  for (let n: usize = 0; n < <usize>samples; n++) {
    const mean = v128.load32_splat(means + (n << 2));
    const inverse = v128.load32_splat(inverses + (n << 2));
    let sums = f32x4.splat(0);
    let products = sums;
    let at = n << 4;
    for (let q: usize = 0; q < <usize>quads; q++, at += stride) {
      const g = f32x4.mul(v128.load(d + at), v128.load(scale + (q << 4)));
      sums = f32x4.add(sums, g);
      products = madd(g, normal(v128.load(x + at), mean, inverse), products);
    }
    const meanG = f32x4.splat(<f32>(sumLanes(sums) / <f64>units));
    const meanGx = f32x4.splat(<f32>(sumLanes(products) / <f64>units));
    at = n << 4;
    for (let q: usize = 0; q < <usize>quads; q++, at += stride) {
      const g = f32x4.mul(v128.load(d + at), v128.load(scale + (q << 4)));
      const along = f32x4.mul(normal(v128.load(x + at), mean, inverse), meanGx);
      const centred = f32x4.sub(f32x4.sub(g, meanG), along);
      v128.store(dx + at, kept(f32x4.mul(centred, inverse), <i32>q, units));
    }
  }
}

/**
 * ∂scale = Σ_batch d ⊙ x̂ and ∂shift = Σ_batch d, handed to `update` at once.
 *
 * @param target, first, second As for `update`: the scale's; the shift's lie `shiftBytes` after them.
 * @param means, inverses As `layerNormStatistics` leaves them.
 * @param gradient Room for `[4 · quads]`, and as much again `shiftBytes` after it.
 */
export function layerNormGradient(
  x: usize,
  d: usize,
  target: usize,
  first: usize,
  second: usize,
  quads: i32,
  shiftBytes: usize,
  stride: usize,
  samples: i32,
  rule: i32,
  rate: f32,
  epsilon: f32,
  shrink: f32,
  means: usize,
  inverses: usize,
  gradient: usize,
): void {
  const shifts = gradient + shiftBytes;
  for (let q: usize = 0; q < <usize>quads; q++) {
    let scales = f32x4.splat(0);
    let shift = scales;
    const from = q * stride;
    for (let n: usize = 0; n < <usize>samples; n++) {
      const at = from + (n << 4);
      const g = v128.load(d + at);
      const mean = v128.load32_splat(means + (n << 2));
      const inverse = v128.load32_splat(inverses + (n << 2));
      scales = madd(g, normal(v128.load(x + at), mean, inverse), scales);
      shift = f32x4.add(shift, g);
    }
    v128.store(gradient + (q << 4), scales);
    v128.store(shifts + (q << 4), shift);
  }
  update(rule, target, first, second, gradient, quads, rate, epsilon, shrink);
  update(
    rule,
    target + shiftBytes,
    first + shiftBytes,
    second + shiftBytes,
    shifts,
    quads,
    rate,
    epsilon,
    shrink,
  );
}
