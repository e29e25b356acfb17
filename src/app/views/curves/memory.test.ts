import { describe, expect, it } from 'vitest';
import { MEMORY_KINDS, type MemoryByKind, type MemoryMoment } from '../../../engines/ledger.ts';
import type { MemoryLevel } from '../../../session/memory-levels.ts';
import { replay } from '../../../session/recording/recording.ts';
import { madeUpRecording } from '../../../session/recording/testing.ts';
import { fullestOf, kindsOf, memoryCurve } from './memory.ts';

const byKind = (held: Partial<MemoryByKind>): MemoryByKind => ({
  ...(Object.fromEntries(MEMORY_KINDS.map((kind) => [kind, 0])) as MemoryByKind),
  ...held,
});
const moment = (held: Partial<MemoryByKind>, looking = 0): MemoryMoment => ({
  byKind: byKind(held),
  looking,
});
const level = (doing: MemoryLevel['doing'], step: number, ...devices: MemoryMoment[]): MemoryLevel => ({
  doing,
  step,
  devices,
});

/** Four points: the start, two of training, one of recovery. */
const { points } = replay(madeUpRecording({ points: 4, ids: ['sil'], recovery: 1 })).sil!;

describe('memory over a run', () => {
  it('is what the fullest device held in each turn, and its high-water mark never falls', () => {
    const memoryLevels = [
      level('loading', 0, moment({ parameters: 10 }), moment({ parameters: 8 })),
      level('evaluating', 0, moment({ parameters: 10 }, 7), moment({ parameters: 8 })),
      level(
        'training',
        1,
        moment({ parameters: 10, workspace: 1 }),
        moment({ parameters: 8, activations: 5 }),
      ),
      level('joining', 2, moment({ parameters: 30 }), moment({ parameters: 8 })),
      level('recovering', 3, moment({ parameters: 18 }), moment({ parameters: 8 })),
    ];
    const curve = memoryCurve({ points, memoryLevels }, false);
    expect(curve.map(({ held }) => [held.doing, held.bytes])).toEqual([
      ['loading', 10],
      ['training', 13],
      ['training', 13],
      ['recovering', 18],
    ]);
    // By the device that is the fullest then.
    expect(curve[1].held.byKind).toMatchObject({ parameters: 8, activations: 5 });
    expect(curve.map(({ high }) => high)).toEqual([10, 13, 30, 30]);
    expect(curve[0].beside).toMatchObject([{ doing: 'evaluating', bytes: 10, looking: 7 }]);
    expect(curve[2].beside.map(({ doing }) => doing)).toEqual(['evaluating', 'joining']);
  });

  it('counts the images only where they are to be counted', () => {
    const memoryLevels = [
      level('loading', 0, moment({ parameters: 10, data: 100 }), moment({ parameters: 12 })),
    ];
    expect(memoryCurve({ points, memoryLevels }, true)[0].held.bytes).toBe(110);
    expect(memoryCurve({ points, memoryLevels }, false)[0].held.bytes).toBe(12);
    expect(fullestOf(memoryLevels[0].devices, kindsOf(false))!.byKind.data).toBe(0);
  });

  it('of a recording that knows no more is what was held at each point', () => {
    const curve = memoryCurve({ points, memoryLevels: [] }, false);
    expect(curve.map(({ held }) => held.bytes)).toEqual([1e6, 1e6, 1e6, 1e6]);
    expect(curve.every(({ beside }) => beside.length === 0)).toBe(true);
  });
});
