import { describe, expect, it } from 'vitest';
import { moment } from '../format.ts';
import { madeUpRecording } from '../../session/recording/testing.ts';
import { keptSources, toldApart } from './sources.ts';

const at = (minute: number) => `2026-03-01T10:0${minute}:00Z`;
const MINE = { name: 'mine', date: at(1) };

describe('kept runs of equal names', () => {
  it('keep them where they are different', () => {
    expect(toldApart([MINE, { name: 'yours', date: at(1) }])).toEqual(['mine', 'yours']);
  });

  it('are told apart by when they were trained, as the list of runs says it', () => {
    expect(toldApart([MINE, { name: 'yours', date: at(1) }, { ...MINE, date: at(2) }])).toEqual([
      `mine, ${moment(at(1))}`,
      'yours',
      `mine, ${moment(at(2))}`,
    ]);
  });

  it('are so wherever their curves are drawn', () => {
    const recording = madeUpRecording({ points: 2, ids: ['sil'] });
    const runs = ['a', 'b', 'c'].map((id) => ({
      ...{ id, name: 'mine', pinned: false, recording },
      shown: id !== 'b',
    }));
    const sources = keptSources(runs);
    expect(sources).toHaveLength(2);
    expect(new Set(sources.map(({ label }) => label)).size).toBe(2);
    expect(new Set(sources.map(({ owner }) => owner)).size).toBe(2);
  });

  it('are numbered where that is the same too, and no number is another one’s name', () => {
    const names = toldApart([MINE, MINE, { name: 'mine 1', date: at(1) }, { name: 'mine 2', date: at(1) }]);
    expect(new Set(names).size).toBe(4);
    // Short enough to stay whole.
    const same = { name: 'm', date: 'then' };
    expect(toldApart([same, same, { name: 'm, then 1', date: at(1) }])).toEqual([
      'm, then 2',
      'm, then 3',
      'm, then 1',
    ]);
  });

  it('are told apart where only their middles, which are left out, differ', () => {
    const long = (middle: string) => ({ name: `${'a'.repeat(30)}${middle}${'b'.repeat(30)}`, date: at(1) });
    expect(new Set(toldApart([long('x'), long('y')])).size).toBe(2);
  });
});
