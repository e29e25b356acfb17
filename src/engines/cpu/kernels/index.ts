/** Everything the engine calls. Compiled twice by `scripts/kernels.ts`: with and without fused multiply-add. `threaded.ts` is for threads. */
export { activate, applySlopes } from './activations';
export { clear, copy } from './blocks';
export { aimLoss, countLargest, countNearest, distanceLoss, softmaxLoss } from './objectives';
export { hybridLoss } from './hybrid';
export { layerNorm, layerNormGradient, layerNormInputGradient, layerNormStatistics } from './layer-norm';
export { update } from './optimizer';
export { copyPanels } from './panels';
export { peak } from './peak';
export { forward, inputGradient, weightGradient } from './products';
export { addClasses, addNoise, gatherImages, gatherTargets, mixLabels } from './sources';

/** First byte of linear memory that the kernels' own constants do not use. */
export function heapBase(): usize {
  return __heap_base;
}
