import { describe, expect, it } from 'vitest';
import { updateParameters } from '../reference.ts';
import { OPTIMIZERS, OPTIMIZER_IDS, type OptimizerId } from './registry.ts';

const RATE = 0.01;
const DECAY = 0.3;
/** The last: small ones against what the moments still hold of the first. */
const GRADIENTS = [
  [0.5, -2, 0, 1e-3, 0.5],
  [-0.25, -1, 0, 4, -0.04],
  [0.75, 3, 0, -1e-3, -0.04],
];
const START = [1, -0.5, 2, 0, 0.3];

/** Parameters after each of the steps. */
function trained(id: OptimizerId, decay: number): Float64Array[] {
  const parameters = Float64Array.from(START);
  const moments = Array.from({ length: OPTIMIZERS[id].moments }, () => new Float64Array(START.length));
  return GRADIENTS.map((gradients, index) => {
    updateParameters(
      id,
      parameters,
      Float64Array.from(gradients),
      moments,
      { learningRate: RATE, decay },
      index + 1,
    );
    return parameters.slice();
  });
}

/** Each parameter by a rule for one number, as its paper writes it. */
const byHand = (rule: () => (w: number, g: number, t: number) => number): number[][] => {
  const rules = START.map(rule);
  let now = START;
  return GRADIENTS.map((gradients, index) => {
    now = now.map((w, i) => rules[i](w, gradients[i], index + 1));
    return now;
  });
};

const PAPERS: Readonly<Record<OptimizerId, () => (w: number, g: number, t: number) => number>> = {
  sgd: () => (w, g) => w - RATE * g,
  momentum() {
    let v = 0;
    return (w, g) => w - RATE * (v = 0.9 * v + g);
  },
  adam() {
    let [m, v] = [0, 0];
    return (w, g, t) => {
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g ** 2;
      return w - (RATE * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
    };
  },
  adamw() {
    const step = PAPERS.adam();
    // Loshchilov & Hutter 2019, algorithm 2, with α the learning rate and λ scaled by it, as PyTorch has it.
    return (w, g, t) => step(w, g, t) - RATE * DECAY * w;
  },
  lion() {
    let m = 0;
    // Chen et al. 2023, program 1.
    return (w, g) => {
      const update = Math.sign(0.9 * m + 0.1 * g);
      m = 0.99 * m + 0.01 * g;
      return w - RATE * (update + DECAY * w);
    };
  },
};

describe.each(OPTIMIZER_IDS)('%s', (id) => {
  const { moments, decays, wgsl, python } = OPTIMIZERS[id];

  it('steps as its paper says', () => {
    const expected = byHand(PAPERS[id]);
    // The same in another order, in double precision.
    trained(id, DECAY).forEach((found, step) =>
      found.forEach((value, i) => expect(value).toBeCloseTo(expected[step][i], 12)),
    );
  });

  it('takes notice of decay where it says so, and only there', () => {
    const [some, none] = [trained(id, DECAY), trained(id, 0)];
    if (decays) expect(some).not.toEqual(none);
    else expect(some).toEqual(none);
    expect(wgsl.includes('step.shrink')).toBe(decays);
    expect(python.expression.includes('CONFIG["decay"]')).toBe(decays);
  });

  it('keeps as many moments as it says', () => {
    expect([wgsl.includes('m[at] ='), wgsl.includes('v[at] =')]).toEqual([moments > 0, moments > 1]);
  });
});
