import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../experiment/experiment.ts';
import { check, normalise } from '../../experiment/repair.ts';
import { applyPreset, PRESETS } from '../../experiment/presets.ts';
import { DEFAULTS } from '../../experiment/table.ts';
import { nextAfter } from './next.ts';

const after = (settings: Partial<Experiment>, points: number | null) =>
  nextAfter({ ...DEFAULTS, ...settings }, points);

describe('what to try next', () => {
  it('is a comparison where there is none', () => {
    expect(after({ strategies: ['sil'] }, null)).toEqual({
      id: 'compare',
      change: { strategies: ['conventional', 'sil'] },
    });
    expect(after({ strategies: ['conventional', 'pipeline'] }, 0)).toMatchObject({
      id: 'labels',
      change: { strategies: ['conventional', 'pipeline', 'sil'] },
    });
    expect(after({}, null)).toBeNull();
    expect(after({ cuts: [] }, 0)).toMatchObject({ id: 'cut', change: { cuts: [3] } });
  });

  it('is even classes before anything else where they are not, however it stands', () => {
    const tried = { ...DEFAULTS, cuts: [2] };
    expect(nextAfter(tried, -7, { uneven: true })).toEqual({ id: 'uneven', change: { balance: 'sampling' } });
    expect(nextAfter(tried, -7)).toMatchObject({ id: 'later' });
    expect(nextAfter(tried, 0, { uneven: true })).toMatchObject({ id: 'uneven' });
    expect(nextAfter(tried, 0)).toMatchObject({ id: 'earlier' });
  });

  it('is a lower rate where neither has learned, as long as it is high', () => {
    const chance = { chance: true };
    expect(nextAfter({ ...DEFAULTS, learningRate: 3 }, -0.3, chance)).toEqual({
      id: 'slower',
      change: { learningRate: 0.3 },
    });
    expect(nextAfter({ ...DEFAULTS, cuts: [2], learningRate: 0.001 }, -0.3, chance)).toMatchObject({
      id: 'earlier',
    });
  });

  it('is harder where little was lost: an earlier cut, then as many pieces as there are layers, then more rivals', () => {
    expect(after({ cuts: [3] }, -0.9)).toEqual({ id: 'earlier', change: { cuts: [2] } });
    expect(after({ cuts: [2, 4] }, -1)).toEqual({ id: 'earlier', change: { cuts: [1, 4] } });
    expect(after({ cuts: [1] }, 0)).toEqual({ id: 'pieces', change: { cuts: [1, 2, 3, 4] } });
    const all = { cuts: [1, 2, 3, 4] };
    expect(after(all, 0)).toMatchObject({ id: 'pipeline' });
    expect(after({ ...all, strategies: ['conventional', 'sil', 'pipeline'] }, 0)).toMatchObject({
      id: 'seed',
    });
  });

  it('is a remedy where much was lost: a later cut, then sparse labels, then recovery', () => {
    expect(after({ cuts: [1] }, -40)).toEqual({ id: 'later', change: { cuts: [2] } });
    expect(after({ cuts: [2, 4] }, -6)).toEqual({ id: 'later', change: { cuts: [3, 5] } });
    expect(after({ cuts: [3] }, -3)).toEqual({ id: 'sparse', change: { code: ['sparse'] } });
    expect(after({ cuts: [2, 5], code: ['sparse'] }, -3)).toEqual({
      id: 'recovery',
      change: { recovery: 1 },
    });
    expect(after({ cuts: [3], code: ['sparse'], recovery: 1 }, -3)).toMatchObject({ id: 'seed' });
  });

  it.each([...PRESETS, { id: 'defaults', settings: {} }])(
    'can run and changes something, whatever came of $id',
    (preset) => {
      const tried = applyPreset(preset as (typeof PRESETS)[number]);
      for (const points of [1, -1, -4, -50]) {
        const next = { ...tried, ...nextAfter(tried, points)!.change };
        expect(check(next)).toEqual([]);
        expect(normalise(next)).not.toEqual(tried);
      }
    },
  );
});
