/** What every optimizer says of itself: one file each, one row in `registry.ts`. */
import type { Numbers } from '../layers/layer.ts';

/** What a run asks of its optimizer, beside which one it is. */
export interface OptimizerSettings {
  /** Learning rate of the step. */
  readonly learningRate: number;
  /** Weight decay λ, where the optimizer `decays`: parameters lose rate · λ of themselves a step. */
  readonly decay: number;
}

/** The numbers of one step, the same for all of its parameters; engines round them to float32. */
export interface StepNumbers {
  /** Factor on what the gradient asks for. */
  readonly learningRate: number;
  /** Added to a root that is divided by; 0 where none is. */
  readonly epsilon: number;
  /** The share of itself that a parameter loses; 0 without decay. */
  readonly shrink: number;
}

/**
 * An optimizer. Each engine has its own table of how it computes one (typed by id, so that the type checker names what is
 * missing there); everything else that differs is asked of this.
 */
export interface Optimizer {
  /** Its name for people. */
  readonly label: string;
  /** One sentence: what it keeps, and when to choose it. */
  readonly description: string;
  /** Numbers kept per parameter, all 0 at first. */
  readonly moments: 0 | 1 | 2;
  /** Whether weight decay applies to it. */
  readonly decays: boolean;
  /** @param step t, counted from 1. */
  numbers(settings: OptimizerSettings, step: number): StepNumbers;
  /**
   * The reference: one step in place.
   * @param moments As many arrays as `moments`, shaped like the parameters.
   */
  update(parameters: Numbers, gradients: Numbers, moments: readonly Numbers[], numbers: StepNumbers): void;
  /**
   * WGSL that updates element `at` of the arrays `p` (parameters), `m` and `v` (moments, as many as there are) by
   * `gradient`; the step's numbers are `step.rate`, `step.epsilon` and `step.shrink`. `nanOr(v, value)` is `value`, or NaN where
   * `v` is.
   */
  readonly wgsl: string;
  readonly python: {
    /** A class of its own where PyTorch has none. */
    readonly definition?: string;
    /** Makes it for `parameters`, with the numbers of `CONFIG`. */
    readonly expression: string;
  };
}
