import { describe, expect, it } from 'vitest';
import type { ModeState, SessionState } from '../../session/state.ts';
import { equal } from './modes.ts';

const mode = (id: ModeState['id'], change: Partial<ModeState> = {}): ModeState => ({
  id,
  status: 'turn',
  phase: 'training',
  step: 0,
  epochs: 0,
  seconds: 0,
  rankProgress: [],
  points: POINTS,
  devices: DEVICES,
  error: null,
  warnings: WARNINGS,
  final: null,
  ...change,
});
const POINTS: ModeState['points'] = [];
const DEVICES: ModeState['devices'] = [];
const WARNINGS: ModeState['warnings'] = [];

const before: SessionState['modes'] = { conventional: mode('conventional'), sil: mode('sil') };

describe('ways of training without what goes on within a turn', () => {
  it('are the same while only that changes', () => {
    const after = { ...before, sil: mode('sil', { rankProgress: [{ steps: 1, loss: 1, done: false }] }) };
    expect(equal(before, after, ['rankProgress'])).toBe(true);
    expect(equal(before, after, [])).toBe(false);
  });

  it('are others when anything else changes, or one comes, goes or moves', () => {
    const ignored = ['rankProgress'] as const;
    expect(equal(before, { ...before, sil: mode('sil', { points: [] }) }, ignored)).toBe(false);
    expect(equal(before, { ...before, sil: mode('sil', { status: 'waiting' }) }, ignored)).toBe(false);
    expect(equal(before, { ...before, model: mode('model') }, ignored)).toBe(false);
    expect(equal(before, { sil: before.sil! }, ignored)).toBe(false);
    expect(equal(before, { sil: before.sil!, conventional: before.conventional! }, ignored)).toBe(false);
  });
});
