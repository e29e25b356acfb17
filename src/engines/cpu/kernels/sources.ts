/** What fills a stage's input quads `[quads][room for samples][4]`: bytes of images, or mixtures of label vectors. */
import { laneMask, madd } from './simd';

/** Slots of a mixture (`MIXTURE` of the engine contract). */
const MIXTURE: usize = 4;

/** x[n] = images[order[n]] · scale + shift for n < count, 0 up to `samples` and in the padding units. */
export function gatherImages(
  images: usize,
  pixels: i32,
  order: usize,
  x: usize,
  quads: i32,
  stride: usize,
  count: i32,
  samples: i32,
  scale: f32,
  shift: f32,
): void {
  const factor = f32x4.splat(scale);
  const offset = f32x4.splat(shift);
  for (let n = 0; n < samples; n++, x += 16, order += 4) {
    let to = x;
    let unit = 0;
    if (n < count) {
      let from = images + <usize>load<u32>(order) * <usize>pixels;
      for (; unit + 4 <= pixels; unit += 4, from += 4, to += stride) {
        const bytes = v128.load32_zero(from);
        const words = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes));
        v128.store(to, madd(f32x4.convert_i32x4_s(words), factor, offset));
      }
      if (unit < pixels) {
        v128.store(to, f32x4.splat(0));
        for (let lane: usize = 0; unit < pixels; unit++, lane++, from++) {
          store<f32>(to + (lane << 2), <f32>load<u8>(from) * scale + shift);
        }
        to += stride;
      }
      unit = (pixels + 3) & ~3;
    }
    for (; unit < quads * 4; unit += 4, to += stride) v128.store(to, f32x4.splat(0));
  }
}

/** targets[n] = labels[order[n]], bytes. */
export function gatherTargets(labels: usize, order: usize, targets: usize, count: i32): void {
  for (let n: usize = 0; n < <usize>count; n++) {
    store<u8>(targets + n, load<u8>(labels + <usize>load<u32>(order + (n << 2))));
  }
}

/** `mix32` of `network/random.ts`, four words at once. */
function mix32(x: v128): v128 {
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 16)), i32x4.splat(0x7feb352d));
  x = i32x4.mul(v128.xor(x, i32x4.shr_u(x, 15)), i32x4.splat(0x846ca68b));
  return v128.xor(x, i32x4.shr_u(x, 16));
}

/** Deviation of a sum of four bytes: √(4 · (256² − 1) / 12). */
const SPREAD: f32 = 147.80053;

/** `roughNormal(wordAt(key, index))` of `network/random.ts` for four consecutive indices, times `factor`. */
function noiseAt(index: u32, a: v128, b: v128, factor: v128): v128 {
  const counter = i32x4.add(i32x4.splat(<i32>index), i32x4(0, 1, 2, 3));
  const word = mix32(v128.xor(mix32(i32x4.add(counter, a)), b));
  const pairs = i16x8.extadd_pairwise_i8x16_u(word);
  const sum = i32x4.extadd_pairwise_i16x8_u(pairs);
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.sub(sum, i32x4.splat(510))), factor);
}

/**
 * x[n] = Σ_k weights[n, k] · table[classes[n, k]] + noise, as the contract's label source says.
 *
 * @param table `[classes][width]` row-major, readable 12 bytes past its end.
 * @param keyA, keyB The noise's stream; `index` the index of the first sample's first unit in it.
 */
export function mixLabels(
  table: usize,
  width: i32,
  classes: usize,
  weights: usize,
  x: usize,
  quads: i32,
  stride: usize,
  count: i32,
  samples: i32,
  noise: f32,
  keyA: i32,
  keyB: i32,
  index: u32,
): void {
  const a = i32x4.splat(keyA);
  const b = i32x4.splat(keyB);
  const factor = f32x4.splat(noise / SPREAD);
  for (let n = 0; n < samples; n++, x += 16) {
    let to = x;
    for (let unit = 0; unit < quads * 4; unit += 4, to += stride) {
      let sum = f32x4.splat(0);
      if (n < count && unit < width) {
        for (let k: usize = 0; k < MIXTURE; k++) {
          const slot = <usize>n * MIXTURE + k;
          const weight = load<f32>(weights + (slot << 2));
          if (weight == 0) continue;
          const row = table + ((<usize>load<u8>(classes + slot) * <usize>width + <usize>unit) << 2);
          sum = madd(f32x4.splat(weight), v128.load(row), sum);
        }
        if (noise > 0) sum = f32x4.add(sum, noiseAt(index + <u32>unit, a, b, factor));
        sum = v128.and(sum, laneMask(unit, width));
      }
      v128.store(to, sum);
    }
    index += <u32>width;
  }
}

/** `mix32` of one word. */
function mixed(x: u32): u32 {
  return <u32>i32x4.extract_lane(mix32(i32x4.splat(<i32>x)), 0);
}

/**
 * x[n] += table[class], the class being targets[n] or, in training, what it is swapped for as the contract says. Samples
 * behind `count` stay as they are.
 *
 * @param table `[classes][width]` row-major, readable 12 bytes past its end.
 * @param below What 24 random bits are below where it is swapped: 0 for never.
 * @param keyA, keyB The swap's stream; `index` that of the first sample in it.
 */
export function addClasses(
  x: usize,
  targets: usize,
  table: usize,
  classes: i32,
  width: i32,
  stride: usize,
  count: i32,
  below: u32,
  keyA: u32,
  keyB: u32,
  index: u32,
): void {
  for (let n: usize = 0; n < <usize>count; n++, x += 16, index += 2) {
    let shown = <u32>load<u8>(targets + n);
    if (below > 0 && mixed(mixed(index + keyA) ^ keyB) >> 8 < below) {
      shown = mixed(mixed(index + 1 + keyA) ^ keyB) % <u32>classes;
    }
    let row = table + ((<usize>shown * <usize>width) << 2);
    let to = x;
    for (let unit = 0; unit < width; unit += 4, to += stride, row += 16) {
      v128.store(to, f32x4.add(v128.load(to), v128.and(v128.load(row), laneMask(unit, width))));
    }
  }
}

/** x[n] += noise, as the contract says of sources. Units behind `width` and samples behind `count` stay as they are. */
export function addNoise(
  x: usize,
  width: i32,
  stride: usize,
  count: i32,
  noise: f32,
  keyA: i32,
  keyB: i32,
  index: u32,
): void {
  const a = i32x4.splat(keyA);
  const b = i32x4.splat(keyB);
  const factor = f32x4.splat(noise / SPREAD);
  for (let n = 0; n < count; n++, x += 16) {
    let to = x;
    for (let unit = 0; unit < width; unit += 4, to += stride) {
      const drawn = noiseAt(index + <u32>n * <u32>width + <u32>unit, a, b, factor);
      v128.store(to, f32x4.add(v128.load(to), v128.and(drawn, laneMask(unit, width))));
    }
  }
}
