import { afterAll, describe, expect, it } from 'vitest';
import { madeUpDataset } from '../../../data/testing.ts';
import { MEMORY_KINDS, type MemoryByKind } from '../../../engines/ledger.ts';
import { DEFAULTS } from '../../../experiment/table.ts';
import { idleStrategy } from '../../../session/idle-strategy.ts';
import { replay } from '../../../session/recording/recording.ts';
import { madeUpRecording } from '../../../session/recording/testing.ts';
import { closeSessions, readySession } from '../../../session/testing.ts';
import type { Line } from '../../charts/series.ts';
import { standingBars } from './standing-bars.ts';
import { endingWith } from './useCurves.ts';

const memory = (held: Partial<MemoryByKind>): MemoryByKind => ({
  ...(Object.fromEntries(MEMORY_KINDS.map((kind) => [kind, 0])) as MemoryByKind),
  ...held,
});

const unplanned = { plan: null, experiment: DEFAULTS, dataset: null };

afterAll(closeSessions);

describe('bars beside the curves', () => {
  const sil = replay(madeUpRecording({ points: 3, ids: ['sil'] })).sil!;

  it('are of the device that held most, counted with the images or without', () => {
    const [device] = sil.devices;
    const holding = (held: Partial<MemoryByKind>) => ({
      ...device,
      memory: { ...device.memory, peakByKind: memory(held) },
    });
    const strategies = {
      sil: { ...sil, devices: [holding({ parameters: 5, data: 100 }), holding({ parameters: 9 })] },
    };
    const [bare] = standingBars({ ...unplanned, strategies, costEstimates: {} }, false);
    expect(bare).toMatchObject({ id: 'sil', measured: true, held: 9 });
    expect(standingBars({ ...unplanned, strategies, costEstimates: {} }, true)[0].held).toBe(105);
  });

  it('are foretold before there are devices', () => {
    const costEstimates = {
      sil: {
        devices: [
          {
            layers: '',
            memory: memory({ parameters: 7 }),
            compute: { flops: 0, bytes: 0 },
          },
        ],
      },
    } as unknown as Parameters<typeof standingBars>[0]['costEstimates'];
    expect(
      standingBars({ ...unplanned, strategies: { sil: idleStrategy('sil') }, costEstimates }, false),
    ).toMatchObject([{ measured: false, held: 7, sent: 0 }]);
  });

  it('foretell what the whole run will send, as the rows do', async () => {
    const { session } = await readySession(
      'data=mnist&layers=8,8&cuts=1&batch=24&epochs=2&turn=0&test=0&engine=cpu&strategies=sil,pipeline',
      madeUpDataset({ train: 96, test: 20 }),
    );
    // Every image there and back, in both epochs.
    expect(standingBars(session.store.getState(), false)).toMatchObject([
      { id: 'sil', sent: 0 },
      { id: 'pipeline', sent: 2 * 2 * 4 * 96 * 8 },
    ]);
  });
});

describe('a curve of accuracy', () => {
  const points = [
    { x: 0, y: 0.1 },
    { x: 2, y: 0.94 },
  ];
  const line: Line = {
    key: 'sil-0',
    label: 'SIL',
    owner: 'sil',
    color: 'red',
    dash: '0',
    secondary: false,
    points,
  };

  it('ends with the figure on all test images, with the very same dots while that stays', () => {
    const ended = endingWith(line, 0.95);
    expect(ended.points.at(-1)).toEqual({ x: 2, y: 0.95 });
    expect(endingWith({ ...line }, 0.95).points).toBe(ended.points);
    expect(endingWith(line, undefined)).toBe(line);
    expect(endingWith(line, points.at(-1)!.y)).toBe(line);
    expect(endingWith({ ...line, secondary: true }, 0.95).points).toBe(points);
  });
});
