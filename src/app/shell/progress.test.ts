import { describe, expect, it } from 'vitest';
import { idleStrategy } from '../../session/idle-strategy.ts';
import type { StrategyState } from '../../session/state.ts';
import { shareDone, shareOfRun } from './progress.ts';

const of = (change: Partial<StrategyState>) =>
  shareDone(
    { strategies: { sil: { ...idleStrategy('sil'), ...change } }, totalSteps: 80, recoverySteps: 20 },
    'sil',
  );
const rank = (steps: number, done = false) => ({ steps, loss: 1, done });

describe('how far a strategy is', () => {
  it('counts its steps, recovery included, and ends at all of them', () => {
    expect(of({})).toBe(0);
    expect(of({ step: 50, status: 'waiting' })).toBe(0.5);
    expect(of({ step: 100, status: 'finished' })).toBe(1);
  });

  it('goes on within a turn, with the slowest rank that still works', () => {
    const turn = { step: 50, status: 'turn' } as const;
    expect(of({ ...turn, rankProgress: [rank(10), rank(20)] })).toBe(0.6);
    expect(of({ ...turn, rankProgress: [rank(15), rank(0, true)] })).toBe(0.65);
    expect(of({ ...turn, rankProgress: [rank(20, true), rank(0, true)] })).toBe(0.7);
    expect(of({ step: 70, status: 'waiting', rankProgress: [rank(20, true)] })).toBe(0.7);
  });

  it('is none of what is not there, or not known yet', () => {
    expect(shareDone({ strategies: {}, totalSteps: 80, recoverySteps: 0 }, 'sil')).toBe(0);
    expect(
      shareDone({ strategies: { sil: idleStrategy('sil') }, totalSteps: 0, recoverySteps: 0 }, 'sil'),
    ).toBe(0);
  });
});

describe('how far a run is', () => {
  const run = (sil: Partial<StrategyState>, data: Partial<StrategyState>) =>
    shareOfRun({
      strategies: { sil: { ...idleStrategy('sil'), ...sil }, data: { ...idleStrategy('data'), ...data } },
      totalSteps: 80,
      recoverySteps: 20,
    });

  it('is the mean of its strategies', () => {
    expect(run({ step: 50 }, { step: 100, status: 'finished' })).toBe(0.75);
    expect(shareOfRun({ strategies: {}, totalSteps: 80, recoverySteps: 0 })).toBe(0);
  });

  it('leaves out what has failed, and ends at 1 all the same', () => {
    const failed = { step: 10, status: 'failed' } as const;
    expect(run(failed, { step: 50 })).toBe(0.5);
    expect(run(failed, { step: 100, status: 'finished' })).toBe(1);
    expect(run(failed, failed)).toBe(0.1);
  });
});
