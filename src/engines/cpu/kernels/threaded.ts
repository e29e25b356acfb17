/** Everything the engine calls where threads share the work. Compiled twice by `scripts/kernels.ts`, as `index.ts` is. */
import { ARGUMENTS } from './control';

export { activate } from './activations';
export { hybridLoss } from './hybrid';
export { aimLoss, distanceLoss, softmaxLoss } from './objectives';
export { copyPanels } from './panels';
export { addClasses, addNoise, gatherTargets } from './sources';
export { dismiss, fail, fork, help } from './threads';

/** Where the arguments of a shared kernel go. */
export function argumentsAt(): usize {
  return ARGUMENTS;
}

/** First byte of linear memory that the kernels' own constants and messages do not use. */
export function heapBase(): usize {
  return __heap_base;
}
