import { expect, it } from 'vitest';
import { denseNetwork } from '../../network/spec.ts';
import { decode } from '../../experiment/link.ts';
import { plan as planOf } from '../../experiment/plan.ts';
import { fullySharded } from './index.ts';
import { evaluationPieces } from './pieces.ts';

it('evaluates a usual network’s images at once, and a wide one’s in pieces that fit', () => {
  const usual = denseNetwork(784, [512, 512], 10, 'relu');
  expect(evaluationPieces(usual, 64, 10_000, 2).count).toBe(1);
  const wide = denseNetwork(784, [8192, 8192], 62, 'relu');
  const { size, count } = evaluationPieces(wide, 64, 116_323, 2);
  expect(size % 64).toBe(0);
  expect(4 * size * (8192 + 8192)).toBeLessThanOrEqual(32 * 2 ** 20);
  // All of a share of 58,162 images, and no piece without any.
  expect(size * count).toBeGreaterThanOrEqual(58_162);
  expect(size * (count - 1)).toBeLessThan(58_162);
});

it('is foretold to gather all layers once a piece', () => {
  const { experiment } = decode('data=emnist-byclass&layers=2048x2&cuts=1&batch=128');
  const shape = { pixels: 784, classes: 62, trainCount: 697_932, testCount: 116_323 };
  const plan = planOf(experiment, shape);
  const { evaluationBytes } = fullySharded.costEstimate(experiment, plan, shape);
  const { count } = evaluationPieces(plan.network, 64, 116_323, 2);
  expect(count).toBeGreaterThan(20);
  expect(evaluationBytes(116_323)).toBe(count * evaluationBytes(1));
});

it('takes a batch where not even that fits, and takes part without images', () => {
  const wide = denseNetwork(784, [8192, 8192], 62, 'relu');
  expect(evaluationPieces(wide, 4096, 100, 2)).toEqual({ size: 4096, count: 1 });
  expect(evaluationPieces(wide, 64, 0, 3).count).toBe(1);
});
