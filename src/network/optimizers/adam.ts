import type { Optimizer } from './optimizer.ts';

export const BETA1 = 0.9;
export const BETA2 = 0.999;
export const EPSILON = 1e-8;

/**
 * Adam's two step-dependent numbers, so that an update is `w ← w − rate · m / (√v + epsilon)`.
 * Algebraically the published rule: the bias corrections 1 − β₁ᵗ and 1 − β₂ᵗ are folded in.
 *
 * @param step t, counted from 1.
 */
export function adamStep(learningRate: number, step: number): { learningRate: number; epsilon: number } {
  const correction = Math.sqrt(1 - BETA2 ** step);
  return { learningRate: (learningRate * correction) / (1 - BETA1 ** step), epsilon: EPSILON * correction };
}

/** WGSL of Adam's moments: `first` and `second`, stored. */
export const ADAM_MOMENTS = `let first = ${BETA1} * m[at] + ${1 - BETA1} * gradient;
  let second = ${BETA2} * v[at] + ${1 - BETA2} * gradient * gradient;
  m[at] = first;
  v[at] = second;`;

/** Kingma & Ba 2015. */
export const adam: Optimizer = {
  label: 'Adam',
  description: 'Keeps two extra numbers per parameter; needs the least tuning.',
  moments: 2,
  decays: false,
  numbers: ({ learningRate }, step) => ({ ...adamStep(learningRate, step), shrink: 0 }),
  update(parameters, gradients, [first, second], { learningRate, epsilon }) {
    for (let i = 0; i < parameters.length; i++) {
      const g = gradients[i];
      const m = (first[i] = BETA1 * first[i] + (1 - BETA1) * g);
      const v = (second[i] = BETA2 * second[i] + (1 - BETA2) * g * g);
      parameters[i] -= (learningRate * m) / (Math.sqrt(v) + epsilon);
    }
  },
  wgsl: `${ADAM_MOMENTS}
  p[at] -= step.rate * first / (sqrt(second) + step.epsilon);`,
  python: {
    expression: `torch.optim.Adam(parameters, lr=CONFIG["learningRate"], betas=(${BETA1}, ${BETA2}), eps=${EPSILON})`,
  },
};
