import { adam, ADAM_MOMENTS, BETA1, BETA2, EPSILON } from './adam.ts';
import type { Optimizer } from './optimizer.ts';

/** Adam with decoupled weight decay (Loshchilov & Hutter 2019), as `torch.optim.AdamW`: `w ← w − rate · λ · w`, then Adam. */
export const adamw: Optimizer = {
  label: 'AdamW',
  description: 'Adam with weight decay that its moments do not see.',
  moments: 2,
  decays: true,
  numbers: (settings, step) => ({
    ...adam.numbers(settings, step),
    shrink: settings.learningRate * settings.decay,
  }),
  update(parameters, gradients, moments, numbers) {
    for (let i = 0; i < parameters.length; i++) parameters[i] -= numbers.shrink * parameters[i];
    adam.update(parameters, gradients, moments, numbers);
  },
  wgsl: `${ADAM_MOMENTS}
  p[at] -= step.shrink * p[at] + step.rate * first / (sqrt(second) + step.epsilon);`,
  python: {
    expression: `torch.optim.AdamW(
        parameters, lr=CONFIG["learningRate"], betas=(${BETA1}, ${BETA2}), eps=${EPSILON}, weight_decay=CONFIG["decay"]
    )`,
  },
};
