/**
 * Distance to the class's label vector and cross-entropy over the distances to all of them, over output quads. Four
 * samples are worked on together, so that each reading of the table serves all four.
 */
import { clearSamples, weightOf } from './objectives';
import { exp, flush, laneMask, madd, sumLanes } from './simd';

/** Four units of a label vector from `unit` on; 0 where it has ended. */
function codeAt(label: usize, unit: i32, width: i32): v128 {
  const code = v128.load(label + ((<usize>unit) << 2));
  return unit + 4 <= width ? code : v128.and(code, laneMask(unit, width));
}

/** |y − label|² of four samples, one a lane. `rows` `[quads][4 samples][4]`. */
function distances(rows: usize, label: usize, width: i32): v128 {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (let unit = 0; unit < width; unit += 4, rows += 64) {
    const code = codeAt(label, unit, width);
    const d0 = f32x4.sub(v128.load(rows), code);
    const d1 = f32x4.sub(v128.load(rows, 16), code);
    const d2 = f32x4.sub(v128.load(rows, 32), code);
    const d3 = f32x4.sub(v128.load(rows, 48), code);
    s0 = madd(d0, d0, s0);
    s1 = madd(d1, d1, s1);
    s2 = madd(d2, d2, s2);
    s3 = madd(d3, d3, s3);
  }
  return f32x4(<f32>sumLanes(s0), <f32>sumLanes(s1), <f32>sumLanes(s2), <f32>sumLanes(s3));
}

/** A sample's weight in every lane; behind the last sample none is needed. */
function weightAt(classWeights: usize, targets: usize, n: i32, count: i32): v128 {
  return f32x4.splat(n < count ? weightOf(classWeights, <i32>load<u8>(targets + <usize>n)) : 0);
}

/**
 * Σ scale · |y − Cₜ|² − weight · log softmaxₖ(−sharpness · |y − Cₖ|²)[t];
 * d = 2 · factor · (scale · (y − Cₜ) + weight · sharpness · (Σₖ pₖ · Cₖ − Cₜ)), p being the softmax; both times
 * classWeights[t]. d may not be y.
 *
 * @param table Label vectors C `[classes][width]` row-major, readable 12 bytes past their end.
 * @param classWeights As for `weightOf`.
 * @param scratch Room for four samples: their units `[quads][4][4]`, shares `[classes][4]`, and 32 bytes.
 */
export function hybridLoss(
  y: usize,
  d: usize,
  targets: usize,
  table: usize,
  classes: i32,
  width: i32,
  quads: i32,
  stride: usize,
  count: i32,
  samples: i32,
  scale: f32,
  weight: f32,
  sharpness: f32,
  factor: f32,
  classWeights: usize,
  scratch: usize,
): f64 {
  const bytes = (<usize>width) << 2;
  const shares = scratch + ((<usize>quads) << 6);
  const least = shares + ((<usize>classes) << 4);
  const near = <f32>2 * scale * factor;
  const apart = <f32>2 * weight * sharpness * factor;
  let loss: f64 = 0;
  for (let n = 0; n < count; n += 4) {
    const place = (<usize>n) << 4;
    const alive = min(4, count - n);
    for (let q: usize = 0; q < <usize>quads; q++) {
      memory.copy(scratch + (q << 6), y + place + q * stride, 64);
    }
    let lowest = f32x4.splat(Infinity);
    for (let c = 0; c < classes; c++) {
      const found = distances(scratch, table + <usize>c * bytes, width);
      v128.store(shares + ((<usize>c) << 4), found);
      lowest = f32x4.min(lowest, found);
    }
    v128.store(least, lowest);
    for (let s = 0; s < alive; s++) {
      const target = <i32>load<u8>(targets + <usize>(n + s));
      const own = shares + ((<usize>target) << 4) + ((<usize>s) << 2);
      const distance = <f64>load<f32>(own);
      const behind = distance - <f64>load<f32>(least + ((<usize>s) << 2));
      const far = <f64>scale * distance + <f64>weight * <f64>sharpness * behind;
      loss += <f64>weightOf(classWeights, target) * far;
    }
    let sums = f32x4.splat(0);
    for (let c = 0; c < classes; c++) {
      const at = shares + ((<usize>c) << 4);
      const share = exp(f32x4.mul(f32x4.sub(lowest, v128.load(at)), f32x4.splat(sharpness)));
      v128.store(at, share);
      sums = f32x4.add(sums, share);
    }
    v128.store(least, sums, 16);
    const scales = f32x4.div(f32x4.splat(apart), sums);
    for (let c = 0; c < classes; c++) {
      const at = shares + ((<usize>c) << 4);
      v128.store(at, flush(f32x4.mul(v128.load(at), scales)));
    }
    for (let s = 0; s < alive; s++) {
      const lane = (<usize>s) << 2;
      const target = <i32>load<u8>(targets + <usize>(n + s));
      const own = shares + ((<usize>target) << 4) + lane;
      store<f32>(own, load<f32>(own) - near - apart);
      const log = Math.log(<f64>load<f32>(least + lane, 16));
      loss += <f64>weightOf(classWeights, target) * (<f64>weight * log);
    }
    for (let q = 0; q < quads; q++) {
      const from = scratch + ((<usize>q) << 6);
      let d0 = f32x4.mul(v128.load(from), f32x4.splat(near));
      let d1 = f32x4.mul(v128.load(from, 16), f32x4.splat(near));
      let d2 = f32x4.mul(v128.load(from, 32), f32x4.splat(near));
      let d3 = f32x4.mul(v128.load(from, 48), f32x4.splat(near));
      const unit = q << 2;
      // The last quads may lie wholly behind the label's end.
      for (let c = 0; c < classes && unit < width; c++) {
        const code = codeAt(table + <usize>c * bytes, unit, width);
        const at = shares + ((<usize>c) << 4);
        d0 = madd(code, v128.load32_splat(at), d0);
        d1 = madd(code, v128.load32_splat(at, 4), d1);
        d2 = madd(code, v128.load32_splat(at, 8), d2);
        d3 = madd(code, v128.load32_splat(at, 12), d3);
      }
      if (classWeights) {
        d0 = f32x4.mul(d0, weightAt(classWeights, targets, n, count));
        d1 = f32x4.mul(d1, weightAt(classWeights, targets, n + 1, count));
        d2 = f32x4.mul(d2, weightAt(classWeights, targets, n + 2, count));
        d3 = f32x4.mul(d3, weightAt(classWeights, targets, n + 3, count));
      }
      const to = d + place + <usize>q * stride;
      v128.store(to, d0);
      v128.store(to, d1, 16);
      v128.store(to, d2, 32);
      v128.store(to, d3, 48);
    }
  }
  clearSamples(d, quads, stride, count, samples);
  return loss;
}
