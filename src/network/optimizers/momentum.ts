import type { Optimizer } from './optimizer.ts';

export const MOMENTUM = 0.9;

/** `v ← 0.9 v + g; w ← w − rate · v` (PyTorch's form). */
export const momentum: Optimizer = {
  label: 'SGD with momentum',
  description: 'Keeps one extra number per parameter.',
  moments: 1,
  decays: false,
  numbers: ({ learningRate }) => ({ learningRate, epsilon: 0, shrink: 0 }),
  update(parameters, gradients, [moment], { learningRate }) {
    for (let i = 0; i < parameters.length; i++) {
      const v = (moment[i] = MOMENTUM * moment[i] + gradients[i]);
      parameters[i] -= learningRate * v;
    }
  },
  wgsl: `let moved = ${MOMENTUM} * m[at] + gradient;
  m[at] = moved;
  p[at] -= step.rate * moved;`,
  python: { expression: `torch.optim.SGD(parameters, lr=CONFIG["learningRate"], momentum=${MOMENTUM})` },
};
