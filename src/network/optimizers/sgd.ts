import type { Optimizer } from './optimizer.ts';

/** `w ← w − rate · g`. */
export const sgd: Optimizer = {
  label: 'SGD',
  description: 'Plain gradient descent; keeps nothing beside the parameters.',
  moments: 0,
  decays: false,
  numbers: ({ learningRate }) => ({ learningRate, epsilon: 0, shrink: 0 }),
  update(parameters, gradients, _moments, { learningRate }) {
    for (let i = 0; i < parameters.length; i++) parameters[i] -= learningRate * gradients[i];
  },
  wgsl: 'p[at] -= step.rate * gradient;',
  python: { expression: 'torch.optim.SGD(parameters, lr=CONFIG["learningRate"], momentum=0)' },
};
