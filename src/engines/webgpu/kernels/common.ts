/** WGSL that several kernels share. Kernels are text built per layer shape: shapes are constants to the compiler. */
import { LEAKY_SLOPE, type Activation } from '../../../network/spec.ts';
import { padded } from '../padding.ts';

/**
 * What changes from step to step; one 256-byte slice of a uniform buffer each.
 *
 * `count`: samples in this batch. `first`: where they begin among the uploaded samples, and where their scores go.
 * `noiseBase`: step · batch, which places the noise. `scale`: 1 / samples the loss is averaged over.
 * `rate`, `epsilon`, `shrink`: the optimizer's numbers.
 */
export const STEP = /* wgsl */ `
struct Step {
  count: u32,
  first: u32,
  noiseBase: u32,
  split: u32,
  rate: f32,
  epsilon: f32,
  scale: f32,
  shrink: f32,
}
@group(0) @binding(0) var<uniform> step: Step;
`;

/**
 * `nanOr(v, value)`: `value`, but what is NaN in `v` stays as it is. WGSL leaves open what `max`, `clamp`, `exp` or `sign`
 * make of NaN, often a number: a broken layer would train on with a loss like any other. Looked at as bits, since a compiler
 * may take a comparison of floats to know none.
 */
export const keepingNan = (type: 'f32' | 'vec4f'): string => {
  const bits = type === 'f32' ? 'u32' : 'vec4u';
  return /* wgsl */ `
fn nanOr(v: ${type}, value: ${type}) -> ${type} {
  return select(value, v, (bitcast<${bits}>(v) & ${bits}(0x7fffffffu)) > ${bits}(0x7f800000u));
}
`;
};

/** `activate(v)`: the activation of a scalar or vector of type `type`. */
export function activationFunction(activation: Activation, type: 'f32' | 'vec4f'): string {
  const zero = `${type}(0.0)`;
  const bodies: Record<Activation, string> = {
    relu: `max(v, ${zero})`,
    'leaky-relu': `max(v, ${zero}) + ${LEAKY_SLOPE} * min(v, ${zero})`,
    tanh: `tanh(clamp(v, ${type}(-15.0), ${type}(15.0)))`,
    sigmoid: `1.0 / (1.0 + exp(-v))`,
    linear: 'v',
  };
  return `${keepingNan(type)}fn activate(v: ${type}) -> ${type} { return nanOr(v, ${bodies[activation]}); }\n`;
}

/** `slope(y)`: the activation's derivative from its output. */
export function slopeFunction(activation: Activation, type: 'f32' | 'vec4f'): string {
  const one = `${type}(1.0)`;
  const bodies: Record<Activation, string> = {
    relu: `select(${type}(0.0), ${one}, y > ${type}(0.0))`,
    'leaky-relu': `select(${type}(${LEAKY_SLOPE}), ${one}, y > ${type}(0.0))`,
    tanh: `1.0 - y * y`,
    sigmoid: `y * (1.0 - y)`,
    linear: one,
  };
  return `fn slope(y: ${type}) -> ${type} { return ${bodies[activation]}; }\n`;
}

/** The random words of `network/random.ts`: the same bits. */
export const RANDOM = /* wgsl */ `
fn mix32(value: u32) -> u32 {
  var x = value;
  x = (x ^ (x >> 16u)) * 0x7feb352du;
  x = (x ^ (x >> 15u)) * 0x846ca68bu;
  return x ^ (x >> 16u);
}
fn roughNormal(word: u32) -> f32 {
  let sum = (word & 255u) + ((word >> 8u) & 255u) + ((word >> 16u) & 255u) + (word >> 24u);
  return (f32(sum) - 510.0) / 147.80053;
}
`;

/** `nearest(b)`: the row of `table` `[classes, width]` nearest to sample b's `y`, the first of equals. */
export const nearestRow = (width: number, classes: number): string => /* wgsl */ `
fn nearest(b: u32) -> u32 {
  var best = 0u;
  var least = 3.0e38;
  for (var c = 0u; c < ${classes}u; c++) {
    var distance = 0.0;
    for (var j = 0u; j < ${width}u; j++) {
      let difference = y[b * ${padded(width)}u + j] - table[c * ${width}u + j];
      distance += difference * difference;
    }
    if (distance < least) { least = distance; best = c; }
  }
  return best;
}
`;

/** A WGSL float literal. */
export const float = (value: number): string => {
  const text = Math.fround(value).toPrecision(9);
  return /[.e]/.test(text) ? text : `${text}.0`;
};
