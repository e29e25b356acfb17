/**
 * Losses over output quads y `[quads][room for samples][4]`, and their gradients in the same layout: 0 in padding
 * units and for samples from `count` to `samples`. Sums are returned in double precision, over the batch.
 */
import { exp, flush, laneMask, sumLanes } from './simd';

/** Unit `unit` of the sample whose first quad is at `row`. */
function at(row: usize, stride: usize, unit: i32): usize {
  return row + <usize>(unit >> 2) * stride + ((<usize>(unit & 3)) << 2);
}

/** Factor on the loss of a sample of this class, `weights` `[classes]`: 1 where there are none (address 0). */
export function weightOf(weights: usize, target: i32): f32 {
  return weights ? load<f32>(weights + ((<usize>target) << 2)) : 1;
}

export function clearSamples(d: usize, quads: i32, stride: usize, count: i32, samples: i32): void {
  for (let q = 0; q < quads; q++, d += stride) {
    for (let n = count; n < samples; n++) v128.store(d + ((<usize>n) << 4), f32x4.splat(0));
  }
}

/** The first of a row's largest units. */
function largest(row: usize, stride: usize, units: i32): i32 {
  let best = 0;
  let value = load<f32>(row);
  for (let unit = 1; unit < units; unit++) {
    const other = load<f32>(at(row, stride, unit));
    if (other > value) {
      value = other;
      best = unit;
    }
  }
  return best;
}

/** How many samples have their largest logit (the first of equals) at their target. */
export function countLargest(y: usize, targets: usize, classes: i32, stride: usize, count: i32): i32 {
  let correct = 0;
  for (let n: usize = 0; n < <usize>count; n++) {
    if (largest(y + (n << 4), stride, classes) == <i32>load<u8>(targets + n)) correct++;
  }
  return correct;
}

/**
 * Σ −log softmax(y)[target] · w; d = (softmax(y) − onehot(target)) · factor · w, w = weights[target]. d may not be y.
 *
 * @param factor 1 / the number of samples the loss is averaged over.
 * @param weights As for `weightOf`.
 */
export function softmaxLoss(
  y: usize,
  d: usize,
  targets: usize,
  classes: i32,
  quads: i32,
  stride: usize,
  count: i32,
  samples: i32,
  factor: f32,
  weights: usize,
): f64 {
  let loss: f64 = 0;
  for (let n: usize = 0; n < <usize>count; n++) {
    const row = y + (n << 4);
    const gradient = d + (n << 4);
    const target = <i32>load<u8>(targets + n);
    const weight = weightOf(weights, target);
    const share = factor * weight;
    const top = load<f32>(at(row, stride, largest(row, stride, classes)));
    let sums = f32x4.splat(0);
    for (let q = 0; q < quads; q++) {
      const from = <usize>q * stride;
      const e = exp(f32x4.sub(v128.load(row + from), f32x4.splat(top)));
      const kept = v128.and(e, laneMask(q << 2, classes));
      v128.store(gradient + from, kept);
      sums = f32x4.add(sums, kept);
    }
    const sum = sumLanes(sums);
    const scale = f32x4.splat(<f32>(<f64>share / sum));
    for (let q = 0; q < quads; q++) {
      const to = gradient + <usize>q * stride;
      v128.store(to, flush(f32x4.mul(v128.load(to), scale)));
    }
    const hit = at(gradient, stride, target);
    store<f32>(hit, load<f32>(hit) - share);
    loss += <f64>weight * (Math.log(sum) + <f64>top - <f64>load<f32>(at(row, stride, target)));
  }
  clearSamples(d, quads, stride, count, samples);
  return loss;
}

/**
 * Σ scale · |y − label|² · w; d = 2 · scale · (y − label) · factor · w, w = weights[target]. d may not be y.
 *
 * @param table `[classes][width]` row-major, readable 12 bytes past its end.
 * @param weights As for `weightOf`.
 */
export function distanceLoss(
  y: usize,
  d: usize,
  targets: usize,
  table: usize,
  width: i32,
  quads: i32,
  stride: usize,
  count: i32,
  samples: i32,
  scale: f32,
  factor: f32,
  weights: usize,
): f64 {
  let loss: f64 = 0;
  for (let n: usize = 0; n < <usize>count; n++) {
    const target = <i32>load<u8>(targets + n);
    const weight = weightOf(weights, target);
    const slope = f32x4.splat(2 * scale * factor * weight);
    const label = table + ((<usize>target * <usize>width) << 2);
    let sums = f32x4.splat(0);
    for (let q = 0; q < quads; q++) {
      const from = (n << 4) + <usize>q * stride;
      let difference = f32x4.splat(0);
      if (q << 2 < width) {
        difference = f32x4.sub(v128.load(y + from), v128.load(label + ((<usize>q) << 4)));
        difference = v128.and(difference, laneMask(q << 2, width));
      }
      sums = f32x4.add(sums, f32x4.mul(difference, difference));
      v128.store(d + from, f32x4.mul(difference, slope));
    }
    loss += <f64>weight * (<f64>scale * sumLanes(sums));
  }
  clearSamples(d, quads, stride, count, samples);
  return loss;
}

/**
 * Σ scale · |y − aim|² · w; d = 2 · scale · (y − aim) · factor · w, w = weights[target]. Aims lie as y does. d may not be y.
 *
 * @param weights As for `weightOf`.
 */
export function aimLoss(
  y: usize,
  d: usize,
  targets: usize,
  aims: usize,
  quads: i32,
  stride: usize,
  count: i32,
  samples: i32,
  scale: f32,
  factor: f32,
  weights: usize,
): f64 {
  let loss: f64 = 0;
  for (let n: usize = 0; n < <usize>count; n++) {
    const weight = weightOf(weights, <i32>load<u8>(targets + n));
    const slope = f32x4.splat(2 * scale * factor * weight);
    let sums = f32x4.splat(0);
    for (let q = 0; q < quads; q++) {
      const from = (n << 4) + <usize>q * stride;
      const difference = f32x4.sub(v128.load(y + from), v128.load(aims + from));
      sums = f32x4.add(sums, f32x4.mul(difference, difference));
      v128.store(d + from, f32x4.mul(difference, slope));
    }
    loss += <f64>weight * (<f64>scale * sumLanes(sums));
  }
  clearSamples(d, quads, stride, count, samples);
  return loss;
}

/**
 * How many samples are nearer to their target's label vector than to any other (the first of equals wins).
 *
 * @param table As for `distanceLoss`, @param row Room for one sample's units, `[4 · quads]`.
 */
export function countNearest(
  y: usize,
  targets: usize,
  table: usize,
  classes: i32,
  width: i32,
  quads: i32,
  stride: usize,
  count: i32,
  row: usize,
): i32 {
  let correct = 0;
  for (let n: usize = 0; n < <usize>count; n++) {
    for (let q: usize = 0; q < <usize>quads; q++) {
      v128.store(row + (q << 4), v128.load(y + (n << 4) + q * stride));
    }
    let best = 0;
    let bestDistance: f64 = Infinity;
    for (let c = 0; c < classes; c++) {
      const label = table + ((<usize>c * <usize>width) << 2);
      let sums = f32x4.splat(0);
      for (let unit = 0; unit < width; unit += 4) {
        const from = (<usize>unit) << 2;
        const difference = f32x4.sub(v128.load(row + from), v128.load(label + from));
        const square = f32x4.mul(difference, difference);
        sums = f32x4.add(sums, unit + 4 <= width ? square : v128.and(square, laneMask(unit, width)));
      }
      const distance = sumLanes(sums);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = c;
      }
    }
    if (best == <i32>load<u8>(targets + n)) correct++;
  }
  return correct;
}
