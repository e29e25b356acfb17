/**
 * The update rules (`network/reference.ts`), over contiguous vectors of four parameters.
 * The products call this on a few tiles at a time, so that a gradient lives only in the nearest cache.
 */
import { flush, madd } from './simd';

/** Add to a gradient buffer instead of updating (exchange training). */
export const ACCUMULATE = 0;
export const SGD = 1;
export const MOMENTUM = 2;
export const ADAM = 3;

/**
 * @param parameters What is updated; under ACCUMULATE, the gradient buffer.
 * @param first, second Moments, as many as the rule keeps.
 * @param gradient ∂loss/∂parameters.
 * @param rate, epsilon The step's numbers; for Adam those of `adamStep`.
 */
export function update(
  rule: i32,
  parameters: usize,
  first: usize,
  second: usize,
  gradient: usize,
  vectors: i32,
  rate: f32,
  epsilon: f32,
): void {
  const end = gradient + ((<usize>vectors) << 4);
  const step = f32x4.splat(-rate);
  if (rule == ADAM) {
    const small = f32x4.splat(epsilon);
    const beta1 = f32x4.splat(0.9);
    const beta2 = f32x4.splat(0.999);
    // Taken in double precision and then rounded: 1 − 0.999 of single-precision numbers is 1.3e-5 too small.
    const rest1 = f32x4.splat(<f32>(1.0 - <f64>0.9));
    const rest2 = f32x4.splat(<f32>(1.0 - <f64>0.999));
    for (; gradient < end; gradient += 16, parameters += 16, first += 16, second += 16) {
      const g = v128.load(gradient);
      const m = flush(madd(beta1, v128.load(first), f32x4.mul(rest1, g)));
      const v = flush(madd(beta2, v128.load(second), f32x4.mul(f32x4.mul(rest2, g), g)));
      v128.store(first, m);
      v128.store(second, v);
      const change = f32x4.div(f32x4.mul(step, m), f32x4.add(f32x4.sqrt(v), small));
      v128.store(parameters, f32x4.add(v128.load(parameters), change));
    }
  } else if (rule == MOMENTUM) {
    const decay = f32x4.splat(0.9);
    for (; gradient < end; gradient += 16, parameters += 16, first += 16) {
      const v = flush(madd(decay, v128.load(first), v128.load(gradient)));
      v128.store(first, v);
      v128.store(parameters, madd(step, v, v128.load(parameters)));
    }
  } else if (rule == SGD) {
    for (; gradient < end; gradient += 16, parameters += 16) {
      v128.store(parameters, madd(step, v128.load(gradient), v128.load(parameters)));
    }
  } else {
    for (; gradient < end; gradient += 16, parameters += 16) {
      v128.store(parameters, f32x4.add(v128.load(parameters), v128.load(gradient)));
    }
  }
}
