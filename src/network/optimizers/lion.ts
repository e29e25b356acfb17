import type { Optimizer } from './optimizer.ts';

/** Share of the moment in what decides the direction. */
export const LION_BETA1 = 0.9;
/** Share that the moment keeps. */
export const LION_BETA2 = 0.99;

/**
 * Lion (Chen et al. 2023): `w ← w − rate · (sign(β₁ m + (1 − β₁) g) + λ · w)`, then `m ← β₂ m + (1 − β₂) g`. The sign of
 * 0 is 0.
 */
export const lion: Optimizer = {
  label: 'Lion',
  description:
    'Moves every parameter equally far; keeps one extra number. Wants about a tenth of Adam’s rate.',
  moments: 1,
  decays: true,
  numbers: ({ learningRate, decay }) => ({ learningRate, epsilon: 0, shrink: learningRate * decay }),
  update(parameters, gradients, [moment], { learningRate, shrink }) {
    for (let i = 0; i < parameters.length; i++) {
      const g = gradients[i];
      const direction = Math.sign(LION_BETA1 * moment[i] + (1 - LION_BETA1) * g);
      parameters[i] -= learningRate * direction + shrink * parameters[i];
      moment[i] = LION_BETA2 * moment[i] + (1 - LION_BETA2) * g;
    }
  },
  wgsl: `let towards = ${LION_BETA1} * m[at] + ${1 - LION_BETA1} * gradient;
  let direction = nanOr(towards, sign(towards));
  m[at] = ${LION_BETA2} * m[at] + ${1 - LION_BETA2} * gradient;
  p[at] -= step.rate * direction + step.shrink * p[at];`,
  python: {
    definition: `class Lion(torch.optim.Optimizer):
    """Chen et al. 2023: steps of one size, along the sign of an interpolated momentum; decay apart from it."""

    def __init__(self, parameters, lr, betas, weight_decay):
        super().__init__(parameters, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                moment = self.state[p].setdefault("moment", torch.zeros_like(p))
                direction = (beta1 * moment + (1 - beta1) * p.grad).sign()
                p.sub_(group["lr"] * (direction + group["weight_decay"] * p))
                moment.mul_(beta2).add_(p.grad, alpha=1 - beta2)`,
    expression: `Lion(parameters, CONFIG["learningRate"], (${LION_BETA1}, ${LION_BETA2}), CONFIG["decay"])`,
  },
};
