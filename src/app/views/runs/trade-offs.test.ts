import { expect, it } from 'vitest';
import type { Summary } from '../../kept/summary.ts';
import { tradeOffs } from './trade-offs.ts';

const summary = (id: string, accuracy: number, bytes: number, change: object = {}): Summary =>
  ({
    strategy: { id, error: null, points: [{ step: 0 }, { step: 10 }], ...change },
    accuracy,
    reached: [],
    memory: 1000 * accuracy,
    bytes,
  }) as unknown as Summary;

it('takes what each strategy came to, of the run at hand and of kept ones on the same data', () => {
  const { dots, leftOut } = tradeOffs([
    { run: 'now', data: 'MNIST', summaries: [summary('sil', 0.9, 0), summary('model', 0.95, 5000)] },
    { run: 'before', data: 'MNIST', summaries: [summary('sil', 0.8, 0)] },
    { run: 'other', data: 'EMNIST Letters', summaries: [summary('sil', 0.5, 0)] },
  ]);
  expect(dots).toEqual([
    { id: 'sil', run: 'now', first: true, accuracy: 0.9, bytes: 0, memory: 900 },
    { id: 'model', run: 'now', first: true, accuracy: 0.95, bytes: 5000, memory: 950 },
    { id: 'sil', run: 'before', first: false, accuracy: 0.8, bytes: 0, memory: 800 },
  ]);
  expect(leftOut).toBe(1);
});

it('leaves out what failed or has yet to train, and runs of nothing else', () => {
  const { dots, leftOut } = tradeOffs([
    { run: 'now', data: 'MNIST', summaries: [summary('sil', 0.1, 0, { points: [{ step: 0 }] })] },
    {
      run: 'before',
      data: 'EMNIST',
      summaries: [summary('fsdp', 0.2, 9, { error: 'Diverged.' }), summary('sil', 0.8, 0)],
    },
  ]);
  expect(dots.map(({ run, id, first }) => [run, id, first])).toEqual([['before', 'sil', true]]);
  expect(leftOut).toBe(0);
});
