import { describe, expect, it } from 'vitest';
import type { StrategyState, SessionState } from '../../session/state.ts';
import { equal } from './strategies.ts';

const strategy = (id: StrategyState['id'], change: Partial<StrategyState> = {}): StrategyState => ({
  id,
  status: 'turn',
  phase: 'training',
  step: 0,
  epochs: 0,
  seconds: 0,
  rankProgress: [],
  points: POINTS,
  memoryLevels: LEVELS,
  devices: DEVICES,
  error: null,
  warnings: WARNINGS,
  final: null,
  ...change,
});
const POINTS: StrategyState['points'] = [];
const DEVICES: StrategyState['devices'] = [];
const LEVELS: StrategyState['memoryLevels'] = [];
const WARNINGS: StrategyState['warnings'] = [];

const before: SessionState['strategies'] = { conventional: strategy('conventional'), sil: strategy('sil') };

describe('strategies without what goes on within a turn', () => {
  it('are the same while only that changes', () => {
    const after = { ...before, sil: strategy('sil', { rankProgress: [{ steps: 1, loss: 1, done: false }] }) };
    expect(equal(before, after, ['rankProgress'])).toBe(true);
    expect(equal(before, after, [])).toBe(false);
  });

  it('are others when anything else changes, or one comes, goes or moves', () => {
    const ignored = ['rankProgress'] as const;
    expect(equal(before, { ...before, sil: strategy('sil', { points: [] }) }, ignored)).toBe(false);
    expect(equal(before, { ...before, sil: strategy('sil', { status: 'waiting' }) }, ignored)).toBe(false);
    expect(equal(before, { ...before, model: strategy('model') }, ignored)).toBe(false);
    expect(equal(before, { sil: before.sil! }, ignored)).toBe(false);
    expect(equal(before, { sil: before.sil!, conventional: before.conventional! }, ignored)).toBe(false);
  });
});
