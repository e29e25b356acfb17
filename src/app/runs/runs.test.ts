import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../experiment/table.ts';
import type { Recording } from '../../session/recording/recording.ts';
import { makeRoom, type KeptRun } from './kept.ts';
import { nameOf } from './name.ts';

const run = (id: string, pinned: boolean): KeptRun => ({
  id,
  name: id,
  pinned,
  shown: false,
  recording: {} as Recording,
});

describe('kept runs', () => {
  it('make room from the oldest on, and pinned ones stay', () => {
    const runs = [run('a', false), run('b', true), run('c', false), run('d', false), run('e', true)];
    expect(makeRoom(runs, 2).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'e']);
    expect(makeRoom(runs, 9)).toHaveLength(5);
  });

  it('are named by what sets them apart', () => {
    expect(nameOf(DEFAULTS)).toBe('mnist');
    expect(nameOf({ ...DEFAULTS, cuts: [1, 2], seed: 9 })).toBe('mnist, cuts 1,2, seed 9');
  });
});
