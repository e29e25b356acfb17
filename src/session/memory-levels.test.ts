import { afterAll, describe, expect, it } from 'vitest';
import { MEMORY_KINDS, type MemoryByKind, type MemoryMoment } from '../engines/ledger.ts';
import { levelAt, withLevel, type MemoryLevel } from './memory-levels.ts';
import { closeSessions, trainedSession } from './testing.ts';

const moment = (workspace: number, looking = 0): MemoryMoment => ({
  byKind: { ...Object.fromEntries(MEMORY_KINDS.map((kind) => [kind, 0])), workspace } as MemoryByKind,
  looking,
});
const level = (doing: MemoryLevel['doing'], step: number, ...devices: MemoryMoment[]): MemoryLevel => ({
  doing,
  step,
  devices,
});

afterAll(closeSessions);

describe('what devices hold from stretch to stretch', () => {
  it('is kept where it changes, each doing by itself', () => {
    let levels: readonly MemoryLevel[] = [];
    const add = (one: MemoryLevel) => (levels = withLevel(levels, one));
    const [loading, training, evaluating] = [
      level('loading', 0, moment(5)),
      level('training', 10, moment(9)),
      level('evaluating', 10, moment(9, 3)),
    ];
    for (const one of [loading, training, evaluating]) add(one);
    add(level('training', 20, moment(9)));
    add(level('evaluating', 20, moment(9, 3)));
    expect(levels).toEqual([loading, training, evaluating]);
    add(level('training', 30, moment(12)));
    expect(levelAt(levels, 'training', 20)).toBe(training);
    expect(levelAt(levels, 'training', 30)).toBe(levels[3]);
    expect(levelAt(levels, 'joining', 30)).toBeUndefined();
    expect(levelAt(levels, 'training', 5)).toBeUndefined();
  });

  it('is measured while it loads, trains, evaluates, joins and recovers, up to the high-water mark', async () => {
    const { state } = await trainedSession(
      'data=mnist&layers=16,12,16&cuts=2&batch=20&epochs=1&turn=25&test=0&seed=7&recovery=1&strategies=sil',
    );
    const { memoryLevels: levels, devices } = state.strategies.sil!;
    const first = (doing: MemoryLevel['doing']) => levels.find((one) => one.doing === doing)!;
    expect([...new Set(levels.map(({ doing }) => doing))].toSorted()).toEqual([
      'evaluating',
      'joining',
      'loading',
      'recovering',
      'training',
    ]);
    // Scores and what goes from part to part is there to look on, and only then.
    expect(first('training').devices.every(({ looking }) => looking === 0)).toBe(true);
    expect(first('evaluating').devices[0].looking).toBeGreaterThan(0);
    // The first device gets the others' parameters, and keeps them.
    const parameters = (doing: MemoryLevel['doing']) => first(doing).devices[0].byKind.parameters;
    expect(parameters('training')).toBe(parameters('loading'));
    expect(parameters('joining')).toBeGreaterThan(parameters('training'));
    expect(parameters('recovering')).toBeGreaterThan(parameters('training'));
    devices.forEach(({ memory }, rank) => {
      const held = levels.map((one) =>
        MEMORY_KINDS.reduce((sum, kind) => sum + one.devices[rank].byKind[kind], 0),
      );
      expect(Math.max(...held)).toBe(memory.peak);
    });
  });
});
