import { describe, expect, it } from 'vitest';
import { STRATEGY_IDS } from '../../experiment/strategies.ts';
import { closeSessions, trainedSession } from '../testing.ts';
import { fromFile, toFile } from './file.ts';
import { fromLink, LINK_BUDGET, toLink } from './link.ts';
import { record, replay, type Recording } from './recording.ts';

const LINK =
  'data=mnist&layers=16,12,16&cuts=2&batch=20&epochs=3&turn=4&test=0&seed=7&recovery=1&strategies=conventional,sil,pipeline';

async function recorded() {
  const { state } = await trainedSession(LINK);
  await closeSessions();
  return { state, recording: record(state, new Date('2026-01-02T03:04:05Z'))! };
}
const run = await recorded();

describe('a recording', () => {
  it('shows the same curves, memory, traffic and lanes as the run', () => {
    const strategies = replay(run.recording);
    expect(Object.keys(strategies)).toEqual(['conventional', 'sil', 'pipeline']);
    for (const [id, strategy] of Object.entries(run.state.strategies)) {
      const again = strategies[id as 'sil']!;
      const without = ({ memory, ...point }: (typeof strategy.points)[number]) => ({
        ...point,
        memory: memory.map(({ total, byKind }) => [total, byKind.data]),
      });
      expect(again.points.map(without)).toEqual(strategy.points.map(without));
      expect(again.final).toEqual(strategy.final);
      expect(again.memoryLevels).toEqual(strategy.memoryLevels);
      expect(
        again.devices.map(({ memory, sent, sentTo, spent }) => ({ memory, sent, sentTo, spent })),
      ).toEqual(strategy.devices.map(({ memory, sent, sentTo, spent }) => ({ memory, sent, sentTo, spent })));
      expect(again.devices.map(({ spans }) => spans.length)).toEqual(
        strategy.devices.map(({ spans }) => spans.length),
      );
    }
  });

  it('says what it ran on and when, and a file keeps all of it', () => {
    expect(run.recording).toMatchObject({ date: '2026-01-02T03:04Z', data: run.state.dataset!.name });
    expect(run.recording.machine).not.toBe('');
    expect(fromFile('run.json', toFile(run.recording))).toEqual({
      kind: 'run',
      recording: JSON.parse(JSON.stringify(run.recording)),
    });
  });

  it('fits a link, and keeps its ends', () => {
    const text = toLink(run.recording)!;
    expect(text.length).toBeLessThanOrEqual(LINK_BUDGET);
    expect(text).toMatch(/^[0-9a-f]{12}\.[\w-]+$/);
    const back = fromLink(text, run.recording.fragment);
    expect(back.fragment).toBe(run.recording.fragment);
    const again = replay(back);
    for (const [id, { points, final, devices }] of Object.entries(run.state.strategies)) {
      const strategy = again[id as 'sil']!;
      // By class it is not in a link.
      const { classAccuracy, ...whole } = final!;
      expect(classAccuracy).toHaveLength(10);
      expect(strategy.final).toEqual(whole);
      expect(strategy.points.at(-1)!.balancedAccuracy).toBeCloseTo(points.at(-1)!.balancedAccuracy, 4);
      expect(strategy.phase).toBe('recovery');
      // Four digits.
      expect(strategy.points.at(-1)!.testAccuracy).toBeCloseTo(points.at(-1)!.testAccuracy, 4);
      expect(strategy.points[0].step).toBe(0);
      expect(strategy.devices.map(({ sent }) => sent)).toEqual(devices.map(({ sent }) => sent));
    }
  });

  it('of a long run of every strategy fits a link too', () => {
    const [strategy] = run.recording.strategies;
    const times = 200;
    const long = <T>(values: readonly T[]) => Array.from({ length: times }, () => values).flat();
    const stretch = (record: object) =>
      Object.fromEntries(
        Object.entries(record).map(([key, values]) => [
          key,
          long(values as number[]).map((value, index) =>
            typeof value === 'number' ? value + Math.sin(index * 12.9898) : value,
          ),
        ]),
      );
    const devices = Array.from({ length: 4 }, () => strategy.devices[0]);
    const columns = stretch(strategy.columns) as unknown as typeof strategy.columns;
    const count = columns.step.length;
    const big = {
      ...strategy,
      columns,
      ...stretch({ balancedAccuracy: strategy.balancedAccuracy, classAccuracy: strategy.classAccuracy }),
      lists: Object.fromEntries(Object.entries(strategy.lists).map(([key, rows]) => [key, long(rows)])),
      held: Array.from({ length: count }, (_, i) => devices.map(() => [1_000_000 + i, 2_000_000])),
      devices,
    } as unknown as Recording['strategies'][number];
    const text = toLink({ ...run.recording, strategies: STRATEGY_IDS.map((id) => ({ ...big, id })) });
    expect(text!.length).toBeLessThanOrEqual(LINK_BUDGET);
  });

  it('from before accuracy was measured by class opens without it, as links are', () => {
    const { strategies, ...rest } = run.recording;
    const former = {
      ...rest,
      strategies: strategies.map(
        ({ balancedAccuracy: _balanced, classAccuracy: _classes, final, ...strategy }) => ({
          ...strategy,
          final: { accuracy: final!.accuracy, count: final!.count },
        }),
      ),
    };
    const opened = fromFile('run.json', JSON.stringify(former));
    const again = replay((opened as { recording: Recording }).recording).sil!;
    expect(again.points.map((point) => point.testAccuracy)).toEqual(
      run.state.strategies.sil!.points.map((point) => point.testAccuracy),
    );
    expect(again.points.every(({ balancedAccuracy }) => Number.isNaN(balancedAccuracy))).toBe(true);
    expect(again.points.every(({ classAccuracy }) => classAccuracy.length === 0)).toBe(true);
    expect(again.final).toEqual({ accuracy: expect.any(Number), count: 200 });
    // Kept on, it is as it was.
    expect(fromFile('run.json', toFile({ ...rest, strategies: former.strategies }))).toEqual(opened);
  });

  it('is nothing before any training', () => {
    expect(record({ ...run.state, strategies: {} }, new Date(0))).toBeNull();
  });
});
