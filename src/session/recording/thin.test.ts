import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../experiment/link.ts';
import { STRATEGY_IDS } from '../../experiment/strategies.ts';
import { Random } from '../../network/random.ts';
import { milestones } from '../milestones.ts';
import { fromLink, toLink } from './link.ts';
import { replay, type Recording } from './recording.ts';
import { madeUpRecording } from './testing.ts';
import { fewerPoints, thin } from './thin.ts';

/** Step and share, by strategy. */
const reached = (recording: Recording) =>
  milestones(Object.values(replay(recording))).map(({ share, reached: by }) => [
    share,
    by.map(({ id, point }) => [id, point?.step]),
  ]);

const viaLink = (recording: Recording) =>
  fromLink(toLink(recording)!, encode(decode(recording.fragment).experiment));

describe('a thinned recording', () => {
  it('reaches its milestones when the run did', () => {
    const full = madeUpRecording({ points: 1000 });
    const back = viaLink(full);
    expect(back.strategies[0].columns.step.length).toBeLessThan(200);
    expect(reached(full)[0]).toEqual([
      0.9,
      [
        ['conventional', 184],
        ['sil', 184],
      ],
    ]);
    expect(reached(back)).toEqual(reached(full));
  });

  it('does so whatever the curve: noise, plateaus, accuracies that differ in the fifth digit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 400 }),
        fc.constantFrom(7, 200, 18_800, 1e6),
        fc.nat(),
        (points, images, seed) => {
          const random = Random.for(seed, 'curves');
          const full = madeUpRecording({
            points,
            ids: STRATEGY_IDS,
            accuracy: (step) =>
              Math.round(
                images * Math.min(1, 0.6 + 0.3 * (1 - Math.exp(-step / 30)) + 0.1 * random.uniform()),
              ) / images,
          });
          for (const limit of [120, 30, 10]) {
            const thinned = thin(full, { points: limit, spans: 0 });
            for (const { columns } of thinned.strategies)
              expect(columns.step.length).toBeLessThanOrEqual(limit);
            expect(reached(thinned)).toEqual(reached(full));
          }
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it('keeps where recovery begins, where its epochs end, and the ends of the curve', () => {
    const full = madeUpRecording({ points: 1001, stepsPerEpoch: 100, recovery: 300 });
    const { recovery, columns } = fewerPoints(full, 30).strategies[0];
    expect(columns.step).toEqual(expect.arrayContaining([0, 700, 800, 900, 1000]));
    expect(columns.step.length).toBeLessThanOrEqual(30);
    expect(columns.step.length - recovery).toBe(columns.step.indexOf(700) + 1);
  });

  it('has whole places where there is room for one point more, or none', () => {
    const full = madeUpRecording({ points: 100 });
    for (let most = 2; most < 12; most++) {
      const { step } = fewerPoints(full, most).strategies[0].columns;
      expect(step.every(Number.isInteger), String(most)).toBe(true);
      expect(step.at(-1)).toBe(full.strategies[0].columns.step.at(-1));
    }
  });

  it('is as it was where there is room', () => {
    const full = madeUpRecording({ points: 30 });
    expect(fewerPoints(full, 30)).toEqual(full);
  });
});
