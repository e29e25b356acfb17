import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  epochOrder,
  evenlySpaced,
  learningRateAt,
  learningRatesBetween,
  stepsPerEpoch,
  turnAt,
  turnImages,
  type Turn,
} from './schedule.ts';

describe('the learning rate', () => {
  it('stays where it is, or falls along half a cosine', () => {
    expect(learningRateAt('constant', 0.1, 7, 10)).toBe(0.1);
    expect(learningRateAt('cosine', 0.1, 0, 100)).toBe(0.1);
    expect(learningRateAt('cosine', 0.1, 25, 100)).toBeCloseTo(0.1 * (0.5 + Math.SQRT1_2 / 2), 15);
    expect(learningRateAt('cosine', 0.1, 50, 100)).toBeCloseTo(0.05, 15);
    expect(learningRateAt('cosine', 0.1, 100, 100)).toBe(0);
    expect(learningRateAt('cosine', 0.1, 1000, 100)).toBe(0);
  });

  it('does not depend on how steps are grouped', () => {
    const whole = learningRatesBetween('cosine', 1e-3, 0, 50, 50);
    expect([
      ...learningRatesBetween('cosine', 1e-3, 0, 13, 50),
      ...learningRatesBetween('cosine', 1e-3, 13, 50, 50),
    ]).toEqual([...whole]);
    for (let step = 1; step < 50; step++) expect(whole[step]).toBeLessThan(whole[step - 1]);
    expect(whole[49]).toBeGreaterThan(0);
  });
});

/** All turns of a run. */
function turnsOf(perEpoch: number, turn: number, total: number): Turn[] {
  const turns: Turn[] = [];
  for (let next = turnAt(0, perEpoch, turn, total); next; next = turnAt(next.to, perEpoch, turn, total))
    turns.push(next);
  return turns;
}

describe('turns', () => {
  it('follow each other without a gap and never cross the end of an epoch', () => {
    expect(turnsOf(5, 2, 10)).toEqual([
      { from: 0, to: 2, epoch: 0, endsEpoch: false },
      { from: 2, to: 4, epoch: 0, endsEpoch: false },
      { from: 4, to: 5, epoch: 0, endsEpoch: true },
      { from: 5, to: 7, epoch: 1, endsEpoch: false },
      { from: 7, to: 9, epoch: 1, endsEpoch: false },
      { from: 9, to: 10, epoch: 1, endsEpoch: true },
    ]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 4 }),
        (perEpoch, turn, epochs) => {
          const turns = turnsOf(perEpoch, turn, perEpoch * epochs);
          let step = 0;
          for (const { from, to, epoch, endsEpoch } of turns) {
            expect(from).toBe(step);
            expect(to).toBeGreaterThan(from);
            expect(Math.floor((to - 1) / perEpoch)).toBe(epoch);
            expect(endsEpoch).toBe(to % perEpoch === 0);
            step = to;
          }
          expect(step).toBe(perEpoch * epochs);
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it('are whole epochs where 0 steps are asked for', () => {
    expect(turnsOf(469, 0, 938).map(({ to }) => to)).toEqual([469, 938]);
  });

  it('begin with shorter ones where they are long, and only at the very start', () => {
    expect(turnsOf(469, 100, 938).map(({ to }) => to)).toEqual([
      ...[10, 25, 50, 100, 200, 300, 400, 469],
      ...[569, 669, 769, 869, 938],
    ]);
    expect(turnsOf(469, 49, 100).map(({ to }) => to)).toEqual([49, 98, 100]);
    expect(turnsOf(20, 100, 40).map(({ to }) => to)).toEqual([10, 20, 25, 40]);
  });

  it('that were interrupted go on to the same boundary', () => {
    expect(turnAt(3, 10, 4, 20)).toMatchObject({ from: 3, to: 4 });
  });

  it('end with the run, also within an epoch', () => {
    expect(turnAt(4, 10, 0, 7)).toMatchObject({ from: 4, to: 7, endsEpoch: false });
    expect(turnAt(7, 10, 0, 7)).toBeNull();
  });
});

describe('the order of images', () => {
  it('is a permutation, another one each epoch and seed, the same each time', () => {
    const order = epochOrder(7, 0, 1000);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    expect(epochOrder(7, 0, 1000)).toEqual(order);
    expect(epochOrder(7, 1, 1000)).not.toEqual(order);
    expect(epochOrder(8, 0, 1000)).not.toEqual(order);
  });

  it('is dealt out to turns without loss, the short batch last', () => {
    const [samples, batch] = [103, 10];
    const perEpoch = stepsPerEpoch(samples, batch);
    expect(perEpoch).toBe(11);
    for (const epoch of [0, 1]) {
      const order = epochOrder(1, epoch, samples);
      const turns = turnsOf(perEpoch, 4, 2 * perEpoch).filter((turn) => turn.epoch === epoch);
      const parts = turns.map((turn) => turnImages(turn, order, batch));
      expect(parts.map((part) => part.length)).toEqual([40, 40, 23]);
      expect(parts.flatMap((part) => [...part])).toEqual([...order]);
    }
  });
});

describe('a test subset', () => {
  it('is evenly spaced, without repeats', () => {
    expect([...evenlySpaced(10, 4)]).toEqual([0, 2, 5, 7]);
    expect(evenlySpaced(18_800, 2000).at(-1)).toBe(18_790);
    expect(new Set(evenlySpaced(2001, 2000)).size).toBe(2000);
  });

  it('is everything where 0 or more than there is are asked for', () => {
    expect([...evenlySpaced(4, 0)]).toEqual([0, 1, 2, 3]);
    expect([...evenlySpaced(4, 100)]).toEqual([0, 1, 2, 3]);
  });
});
