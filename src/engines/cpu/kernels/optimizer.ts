/**
 * The optimizers of `network/optimizers`, over contiguous vectors of four parameters, a function each.
 * The products call this on a few tiles at a time, so that a gradient lives only in the nearest cache.
 */
import { ACCUMULATE, ADAM, ADAMW, LION, MOMENTUM, SGD } from './rules';
import { flush, madd } from './simd';

/**
 * @param rule One of `rules.ts`; the kernel stops at any other.
 * @param parameters What is updated; under ACCUMULATE, the gradient buffer.
 * @param first, second Moments, as many as the rule keeps.
 * @param gradient ∂loss/∂parameters.
 * @param rate, epsilon, shrink The step's numbers (`StepNumbers`).
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
  shrink: f32,
): void {
  const end = gradient + ((<usize>vectors) << 4);
  if (rule == ADAM) adam(parameters, first, second, gradient, end, rate, epsilon);
  else if (rule == ADAMW) {
    shrinkAll(parameters, vectors, shrink);
    adam(parameters, first, second, gradient, end, rate, epsilon);
  } else if (rule == LION) {
    shrinkAll(parameters, vectors, shrink);
    lion(parameters, first, gradient, end, rate);
  } else if (rule == MOMENTUM) momentum(parameters, first, gradient, end, rate);
  else if (rule == SGD) sgd(parameters, gradient, end, rate);
  else if (rule == ACCUMULATE) accumulate(parameters, gradient, end);
  else unreachable();
}

function accumulate(sums: usize, gradient: usize, end: usize): void {
  for (; gradient < end; gradient += 16, sums += 16) {
    v128.store(sums, f32x4.add(v128.load(sums), v128.load(gradient)));
  }
}

/** Weight decay: every parameter loses this share of itself. */
function shrinkAll(parameters: usize, vectors: i32, shrink: f32): void {
  const lost = f32x4.splat(-shrink);
  for (; vectors > 0; vectors--, parameters += 16) {
    const w = v128.load(parameters);
    v128.store(parameters, madd(lost, w, w));
  }
}

function sgd(parameters: usize, gradient: usize, end: usize, rate: f32): void {
  const step = f32x4.splat(-rate);
  for (; gradient < end; gradient += 16, parameters += 16) {
    v128.store(parameters, madd(step, v128.load(gradient), v128.load(parameters)));
  }
}

function momentum(parameters: usize, first: usize, gradient: usize, end: usize, rate: f32): void {
  const step = f32x4.splat(-rate);
  const kept = f32x4.splat(0.9);
  for (; gradient < end; gradient += 16, parameters += 16, first += 16) {
    const v = flush(madd(kept, v128.load(first), v128.load(gradient)));
    v128.store(first, v);
    v128.store(parameters, madd(step, v, v128.load(parameters)));
  }
}

function adam(
  parameters: usize,
  first: usize,
  second: usize,
  gradient: usize,
  end: usize,
  rate: f32,
  epsilon: f32,
): void {
  const step = f32x4.splat(-rate);
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
}

function lion(parameters: usize, first: usize, gradient: usize, end: usize, rate: f32): void {
  const forward = f32x4.splat(-rate);
  const back = f32x4.splat(rate);
  const zero = f32x4.splat(0);
  const beta1 = f32x4.splat(0.9);
  const beta2 = f32x4.splat(0.99);
  const rest1 = f32x4.splat(<f32>(1.0 - <f64>0.9));
  const rest2 = f32x4.splat(<f32>(1.0 - <f64>0.99));
  for (; gradient < end; gradient += 16, parameters += 16, first += 16) {
    const g = v128.load(gradient);
    const m = v128.load(first);
    const c = madd(beta1, m, f32x4.mul(rest1, g));
    const change = v128.or(v128.and(forward, f32x4.gt(c, zero)), v128.and(back, f32x4.lt(c, zero)));
    // Neither above nor below 0 is NaN either, and it must show: NaN · 0 stays NaN.
    const shown = f32x4.add(change, f32x4.mul(c, zero));
    v128.store(parameters, f32x4.add(v128.load(parameters), shown));
    v128.store(first, flush(madd(beta2, m, f32x4.mul(rest2, g))));
  }
}
