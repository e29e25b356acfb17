import type { DataShape } from '../experiment/datasets.ts';
import type { TrainingData } from './contract.ts';

/** What prices ask of the data at hand. */
export const shapeOf = ({ pixels, classes, train, test }: TrainingData): DataShape => ({
  pixels,
  classes,
  trainCount: train.count,
  testCount: test.count,
});
