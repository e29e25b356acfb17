import { describe, expect, it } from 'vitest';
import { interleave, spreadOf } from './rounds.ts';

/** Contestants on a clock of their own: each step takes as long as it says. */
function race(pace: readonly number[]) {
  let time = 0;
  const order: number[] = [];
  const contestants = pace.map((seconds, index) => async (steps: number) => {
    order.push(index);
    time += seconds * steps;
  });
  return { contestants, order, now: () => time };
}

describe('interleaved rounds', () => {
  it('gives each contestant its steps per second, in turn, in every round', async () => {
    const { contestants, order, now } = race([0.01, 0.1]);
    const results = await interleave(contestants, { rounds: 3, seconds: 1, budget: 100 }, now);
    expect(results.map((each) => each.length)).toEqual([3, 3]);
    for (const rate of results[0]) expect(rate).toBeCloseTo(100, 6);
    for (const rate of results[1]) expect(rate).toBeCloseTo(10, 6);
    expect(order.slice(-6)).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('lets a slow contestant sit out once its time is spent, with at least one result', async () => {
    const { contestants, order, now } = race([0.1, 9]);
    const results = await interleave(contestants, { rounds: 5, seconds: 1, budget: 10 }, now);
    expect(results[0].length).toBe(5);
    expect(results[1]).toEqual([1 / 9, 1 / 9]);
    expect(order.filter((index) => index === 1).length).toBe(2);
  });

  it('is content with one step of a contestant that takes longer than everything', async () => {
    const { contestants, now } = race([60]);
    expect(await interleave(contestants, { rounds: 5, seconds: 1, budget: 10 }, now)).toEqual([[1 / 60]]);
  });
});

describe('the spread of values', () => {
  it('has the middle one of an odd number, the mean of the middle two of an even one', () => {
    expect(spreadOf([5, 1, 3])).toEqual({ median: 3, min: 1, max: 5 });
    expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4 });
  });
});
