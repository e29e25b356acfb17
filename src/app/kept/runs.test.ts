import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../experiment/table.ts';
import type { Recording } from '../../session/recording/recording.ts';
import { makeRoom, withOpened, type KeptRun } from './kept.ts';
import { fitting, type KeptWeights } from './kept-weights.ts';
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

  it('from a file push none out: beyond the room they are kept for good', () => {
    const here = [run('a', false), run('b', true)];
    const opened = [run('c', false), run('a', false), run('d', true), run('e', false)];
    const all = withOpened(here, opened, 2);
    expect(all.map(({ id, pinned }) => [id, pinned])).toEqual([
      ['c', false],
      ['d', true],
      ['e', true],
      ['a', false],
      ['b', true],
    ]);
    expect(makeRoom(all, 2)).toEqual(all);
  });

  it('keep the weights of the newest, as far as there is room', () => {
    const weights = (id: string, bytes: number): KeptWeights => ({ id, strategies: ['sil'], bytes });
    const index = [weights('a', 40), weights('b', 50), weights('c', 20), weights('d', 10)];
    expect(fitting(index, 100).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(fitting(index, 200)).toEqual(index);
    // What is too large for all the room is still the newest.
    expect(fitting(index, 30).map(({ id }) => id)).toEqual(['a']);
  });

  it('are named by what sets them apart', () => {
    expect(nameOf(DEFAULTS)).toBe('mnist');
    expect(nameOf({ ...DEFAULTS, cuts: [1, 2], seed: 9 })).toBe('mnist, cuts 1,2, seed 9');
  });
});
