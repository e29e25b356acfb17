import * as tf from '@tensorflow/tfjs-core';
import type { Score } from '../contract.ts';
import type { Loss } from './losses.ts';

/** Loss and right answers in one tensor, so that they are read back together. */
export function scoreTensor({ sum, correct }: Pick<Loss, 'sum' | 'correct'>): tf.Tensor1D {
  return tf.stack([sum, correct!]) as tf.Tensor1D;
}

/** Reads and frees score tensors and adds them up, in double precision. */
export async function readScore(scores: readonly tf.Tensor1D[], count: number): Promise<Score> {
  let loss = 0;
  let correct = 0;
  for (const score of scores) {
    const values = await score.data<'float32'>();
    loss += values[0];
    correct += values[1];
    score.dispose();
  }
  return { loss, correct, count };
}
