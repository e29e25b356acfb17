import { describe, expect, it } from 'vitest';
import type { Span } from '../../devices/spans.ts';
import type { StrategyId } from '../../experiment/strategies.ts';
import { idleStrategy } from '../../session/idle-strategy.ts';
import type { DeviceState, StrategyState, SessionState } from '../../session/state.ts';
import { workOf } from './work.ts';

const inTurn = (id: StrategyId, change: Partial<StrategyState> = {}): StrategyState => ({
  ...idleStrategy(id),
  status: 'turn',
  ...change,
});
const running = (...strategies: StrategyState[]): Pick<SessionState, 'status' | 'strategies'> => ({
  status: 'running',
  strategies: Object.fromEntries(strategies.map((strategy) => [strategy.id, strategy])),
});
const device = (spans: Span[]): DeviceState => ({ spans }) as unknown as DeviceState;

describe('who is at work', () => {
  it('is nobody before, between turns, and in a pause', () => {
    expect(workOf(running(idleStrategy('sil')), 2)).toBeNull();
    expect(workOf({ ...running(inTurn('sil')), status: 'paused' }, 2)).toBeNull();
  });

  it('is every layer where each device holds all of them', () => {
    for (const id of ['conventional', 'data', 'fsdp'] as const)
      expect(workOf(running(idleStrategy('sil'), inTurn(id)), 3)).toEqual({
        strategy: id,
        shares: [1, 1, 1],
      });
  });

  it('is of SIL who has not had enough yet, and everything once it is joined', () => {
    const progress = (done: boolean) => ({ steps: 5, loss: 1, done });
    const sil = inTurn('sil', { rankProgress: [progress(false), progress(true)] });
    expect(workOf(running(sil), 2)!.shares).toEqual([1, 0]);
    expect(workOf(running({ ...sil, phase: 'recovery' }), 2)!.shares).toEqual([1, 1]);
  });

  it('is of stages the share of their last steps in which they did not wait', () => {
    const half: Span[] = [
      { kind: 'update', start: 0, end: 10 },
      { kind: 'forward', start: 10, end: 15 },
      { kind: 'update', start: 15, end: 20 },
      { kind: 'wait', start: 20, end: 30 },
      { kind: 'update', start: 30, end: 30 },
    ];
    const model = inTurn('model', {
      devices: [device(half), device([{ kind: 'forward', start: 20, end: 30 }])],
    });
    expect(workOf(running(model), 2)!.shares).toEqual([0.5, 0.5]);
    expect(workOf(running(inTurn('pipeline')), 2)!.shares).toEqual([1, 1]);
  });
});
