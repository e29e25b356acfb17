/** Four-lane helpers shared by the kernels. */

/**
 * `a · b + c` per lane: one fused instruction in the relaxed build, a multiplication and an addition in the plain one.
 * The two builds differ in the last bit; within a build the result is always the same on one machine.
 */
export function madd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

/** Sum of the four lanes, in double precision. */
export function sumLanes(v: v128): f64 {
  return (
    <f64>f32x4.extract_lane(v, 0) +
    <f64>f32x4.extract_lane(v, 1) +
    <f64>f32x4.extract_lane(v, 2) +
    <f64>f32x4.extract_lane(v, 3)
  );
}

/** All bits set in the lanes whose unit `first + lane` is below `units`. */
export function laneMask(first: i32, units: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3)), i32x4.splat(units));
}

/**
 * Replaces magnitudes far below 1e-25 by exact zero, so that a decaying number never becomes a denormal
 * (arithmetic on denormals is ~100 times slower on Intel processors, and they do decay: moments of a unit that
 * died, probabilities of classes ruled out). Everything above 1e-17 passes unchanged.
 */
export function flush(v: v128): v128 {
  const tiny = f32x4.splat(1e-25);
  return f32x4.sub(f32x4.add(v, tiny), tiny);
}

/**
 * exp per lane, relative error below 2e-7; 0 below −87.3, largest about 2.4e38.
 * Cody–Waite reduction to |r| ≤ ln 2 / 2 and a degree-6 polynomial: the coefficients of Cephes' `expf` (S. Moshier).
 */
export function exp(x: v128): v128 {
  const clamped = f32x4.max(f32x4.min(x, f32x4.splat(88.37)), f32x4.splat(-87.33));
  const n = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(1.44269504)));
  let r = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let p = f32x4.splat(1.98756915e-4);
  p = madd(p, r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.andnot(f32x4.mul(p, power), f32x4.lt(x, f32x4.splat(-87.33)));
}
