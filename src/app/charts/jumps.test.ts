import { expect, it } from 'vitest';
import { idleStrategy } from '../../session/idle-strategy.ts';
import type { StrategyState, Point } from '../../session/state.ts';
import type { StrategyId } from '../../experiment/strategies.ts';
import { labelLosses } from '../stage/label-losses.ts';
import { jumpsOf } from './jumps.ts';

const point = (phase: Point['phase'], epochs: number, testAccuracy: number) =>
  ({ phase, epochs, testAccuracy, rankLosses: [epochs, epochs + 1] }) as unknown as Point;
const POINTS = [point('start', 0, 0.1), point('training', 1, 0.5), point('recovery', 2, 0.75)];

/** Two devices that recovered for an epoch after one of training. */
const recovered = (id: StrategyId, joining: number): StrategyState => ({
  ...idleStrategy(id),
  phase: 'recovery',
  points: POINTS,
  devices: [0, joining].map((messages) => ({
    sent: { join: { messages, bytes: 4 * messages } },
  })) as unknown as StrategyState['devices'],
});

it('marks where partitions were joined, and only of what was joined', () => {
  expect(jumpsOf([recovered('model', 0), recovered('data', 0)], 'epochs')).toEqual([]);
  expect(jumpsOf([recovered('model', 0), recovered('sil', 1)], 'epochs')).toEqual([
    { x: 1, label: 'joined', jump: 'joined at 50.0%' },
    { x: 2, label: 'recovery 1', jump: 'recovery 1: +25.0' },
  ]);
});

it('has a loss against labels only while partitions learn from labels', () => {
  const sil = recovered('sil', 1);
  expect(labelLosses({ ...sil, points: POINTS.slice(0, 2) })).toEqual([1, 2]);
  expect(labelLosses(sil)).toBeUndefined();
  expect(labelLosses(undefined)).toBeUndefined();
});
