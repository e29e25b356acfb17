/**
 * The three products of a layer, each with what follows it fused in. For layouts see `tiles.ts`.
 *
 * Names: x `[quads][samples][4]` the layer's input, y / d its output and ∂loss/∂(pre-activation)
 * `[2 · panels][samples][4]`, w its weights `[panels][4 · quads][8]`. `stride` is the distance in bytes between quads
 * (16 × the samples an array has room for); `samples` (a multiple of 4) says how many are there.
 *
 * Loops keep one weight panel (K × 32 bytes; 16 KB for 512 inputs) or one panel of d (4 KB for 128 samples) in the
 * nearest cache and stream the other operand past it, so weights and moments cross from memory once per product.
 */
import { activate, applySlope } from './activations';
import { SIGMOID } from './codes';
import { gradientTile4, gradientTile6 } from './gradient-tiles';
import { update } from './optimizer';
import { tile4, tile6 } from './tiles';

/** 32 zero bytes: the bias of a product that has none. */
const NO_BIAS = memory.data(32, 16);

/** One panel (8 units) of `bias + left · panel`, all samples. */
function panelProduct(
  left: usize,
  stride: usize,
  panel: usize,
  quads: i32,
  bias: usize,
  out: usize,
  samples: i32,
): void {
  // As many sixes as leave a multiple of four: 128 = 20 · 6 + 2 · 4.
  const fours = (samples % 12) / 4;
  const sixes = (samples - 4 * fours) / 6;
  for (let i = 0; i < sixes; i++, left += 96, out += 96) tile6(left, stride, panel, quads, bias, out);
  for (let i = 0; i < fours; i++, left += 64, out += 64) tile4(left, stride, panel, quads, bias, out);
}

/** y = activation(x · w + bias). `units` are the true ones among the panels' and after them; the others come out 0. */
export function forward(
  x: usize,
  w: usize,
  bias: usize,
  y: usize,
  quads: i32,
  panels: i32,
  stride: usize,
  samples: i32,
  activation: i32,
  units: i32,
): void {
  const panelBytes = (<usize>quads) << 7;
  for (let p = 0; p < panels; p++) {
    panelProduct(x, stride, w, quads, bias, y, samples);
    activate(activation, y, samples);
    activate(activation, y + stride, samples);
    w += panelBytes;
    bias += 32;
    y += 2 * stride;
  }
  // The other activations send 0 to 0; sigmoid sends padding to ½, which would leak into the next weight gradient.
  if (activation == SIGMOID) {
    const last = y - 2 * stride;
    for (let unit = units - 8 * (panels - 1); unit < 8; unit++) {
      let at = last + <usize>(unit >> 2) * stride + ((<usize>(unit & 3)) << 2);
      for (let n = 0; n < samples; n++, at += 16) store<f32>(at, 0);
    }
  }
}

/** Eight rows (inputs) of w as a panel of wᵀ: `[8 · panels][8]`, by 4×4 transposes. */
function transposeRows(w: usize, panelBytes: usize, panels: i32, out: usize): void {
  for (let p = 0; p < panels; p++, w += panelBytes) {
    for (let half: usize = 0; half < 32; half += 16) {
      for (let row: usize = 0; row < 2; row++) {
        const from = w + half + row * 128;
        const a = v128.load(from);
        const b = v128.load(from, 32);
        const c = v128.load(from, 64);
        const d = v128.load(from, 96);
        const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
        const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
        const ab2 = i32x4.shuffle(a, b, 2, 6, 3, 7);
        const cd2 = i32x4.shuffle(c, d, 2, 6, 3, 7);
        const to = out + half * 8 + row * 16;
        v128.store(to, i64x2.shuffle(ab, cd, 0, 2));
        v128.store(to, i64x2.shuffle(ab, cd, 1, 3), 32);
        v128.store(to, i64x2.shuffle(ab2, cd2, 0, 2), 64);
        v128.store(to, i64x2.shuffle(ab2, cd2, 1, 3), 96);
      }
    }
    out += 256;
  }
}

/**
 * dx = (d · wᵀ) ⊙ activation′(x), where x is the output of the layer before and `activation` that layer's
 * (LINEAR to leave dx as it is).
 *
 * @param quads Of x and dx to be worked on: a multiple of 2.
 * @param panelBytes Between two panels of w.
 * @param panel Room for a transposed panel, `[8 · panels][8]`. Transposing costs one pass over w, 1/128 of the
 *   product at batch 128, and saves a second copy of the weights.
 */
export function inputGradient(
  d: usize,
  w: usize,
  x: usize,
  dx: usize,
  quads: i32,
  panels: i32,
  panelBytes: usize,
  stride: usize,
  samples: i32,
  activation: i32,
  panel: usize,
): void {
  for (let q = 0; q < quads; q += 2) {
    transposeRows(w, panelBytes, panels, panel);
    panelProduct(d, stride, panel, 2 * panels, NO_BIAS, dx, samples);
    applySlope(activation, dx, x, samples);
    applySlope(activation, dx + stride, x + stride, samples);
    w += 256;
    x += 2 * stride;
    dx += 2 * stride;
  }
}

/**
 * ∂w = xᵀ · d and ∂bias = Σ d, handed to the update rule six quads (24 inputs × 8 outputs, 768 bytes) at a time, so
 * that no gradient of a weight ever leaves the nearest cache. Under ACCUMULATE, w and bias are gradient buffers.
 *
 * @param w, bias What is updated; `…First`, `…Second` are their moments.
 * @param scratch Room for 768 bytes.
 */
export function weightGradient(
  x: usize,
  d: usize,
  w: usize,
  wFirst: usize,
  wSecond: usize,
  bias: usize,
  biasFirst: usize,
  biasSecond: usize,
  quads: i32,
  panels: i32,
  stride: usize,
  samples: i32,
  rule: i32,
  rate: f32,
  epsilon: f32,
  shrink: f32,
  scratch: usize,
): void {
  for (let p = 0; p < panels; p++, d += 2 * stride) {
    let at = x;
    for (let rest = quads; rest > 0;) {
      const group = min(rest, 6);
      let out = scratch;
      let left = group;
      for (; left >= 3; left -= 3, out += 384) {
        gradientTile6(at, at + stride, d, stride, samples, out, out + 128);
        at += 2 * stride;
        gradientTile6(at, at - stride + 8, d, stride, samples, out + 256, out + 192);
        at += stride;
      }
      for (; left > 0; left--, out += 128, at += stride) gradientTile4(at, d, stride, samples, out);
      update(rule, w, wFirst, wSecond, scratch, group * 8, rate, epsilon, shrink);
      const bytes = (<usize>group) << 7;
      w += bytes;
      wFirst += bytes;
      wSecond += bytes;
      rest -= group;
    }
    for (let half: usize = 0; half < 2; half++) {
      let sum = f32x4.splat(0);
      const from = d + half * stride;
      for (let n: usize = 0; n < <usize>samples; n++) sum = f32x4.add(sum, v128.load(from + (n << 4)));
      v128.store(scratch + (half << 4), sum);
    }
    update(rule, bias, biasFirst, biasSecond, scratch, 2, rate, epsilon, shrink);
    bias += 32;
    biasFirst += 32;
    biasSecond += 32;
  }
}
