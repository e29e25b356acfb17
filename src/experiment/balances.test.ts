import { describe, expect, it } from 'vitest';
import { balanceOf, BALANCE_IDS } from './balances.ts';
import { classCounts } from './balances/balance.ts';
import { epochOrder } from './schedule.ts';

/** 2, 60, 0, 9 and 30 images of five classes, 101 in all, mixed up. */
const OFTEN = [2, 60, 0, 9, 30];
const CLASSES = OFTEN.length;
const sorted = OFTEN.flatMap((count, label) => Array<number>(count).fill(label));
const labels = Uint8Array.from(epochOrder(8, 0, sorted.length), (place) => sorted[place]);
const epochOf = (epoch: number, seed = 3) => ({ seed, epoch, labels, classes: CLASSES });

describe('sampling', () => {
  const order = (epoch: number, seed?: number) => balanceOf('sampling').order!(epochOf(epoch, seed));
  const timesIn = (epoch: number) => {
    const times = new Map<number, number>();
    for (const image of order(epoch)) times.set(image, (times.get(image) ?? 0) + 1);
    return times;
  };

  it('draws as many images as there are, every class that has any as often, give or take one', () => {
    for (const epoch of [0, 1, 7]) {
      const drawn = Array.from(order(epoch), (image) => labels[image]);
      const counts = [...classCounts(drawn, CLASSES)];
      expect(counts.reduce((sum, count) => sum + count)).toBe(labels.length);
      expect(counts.toSorted((a, b) => a - b)).toEqual([0, 25, 25, 25, 26]);
      expect(counts[2]).toBe(0);
    }
  });

  it('gives the one that is left over to another class in the next epoch', () => {
    const most = [0, 1, 2, 3].map((epoch) => {
      const counts = classCounts(
        Array.from(order(epoch), (image) => labels[image]),
        CLASSES,
      );
      return counts.indexOf(26);
    });
    expect(new Set(most).size).toBe(4);
  });

  it('takes every image of a rare class as often, and no image of a common one twice', () => {
    for (const [image, times] of timesIn(0)) {
      const often = OFTEN[labels[image]];
      expect(times).toBeGreaterThanOrEqual(Math.floor(25 / often));
      expect(times).toBeLessThanOrEqual(Math.ceil(26 / often));
    }
    expect(timesIn(0).size).toBe(2 + 25 + 9 + 25);
  });

  it('takes other images of a common class in the next epoch, in another order; by another seed too', () => {
    const common = (epoch: number, seed?: number) =>
      [...order(epoch, seed)].filter((image) => labels[image] === 1);
    expect(common(1)).not.toEqual(common(0));
    expect(new Set([...common(0), ...common(1)]).size).toBeGreaterThan(30);
    expect(common(0, 4)).not.toEqual(common(0));
    expect(order(2)).toEqual(order(2));
  });

  it('takes every image once where classes are even', () => {
    const even = Uint8Array.from({ length: 40 }, (_, n) => n % 4);
    const taken = balanceOf('sampling').order!({ seed: 1, epoch: 5, labels: even, classes: 4 });
    expect([...taken].toSorted((a, b) => a - b)).toEqual([...even.keys()]);
  });
});

describe('weights', () => {
  const weights = balanceOf('weights').weights!(labels, CLASSES);

  it('give each class the same share of all losses, and are 1 on average over the images', () => {
    const shares = OFTEN.map((count, label) => count * weights[label]).filter((share) => share > 0);
    // 101 images over four classes, of factors that are rounded to float32.
    for (const share of shares) expect(share).toBeCloseTo(101 / 4, 4);
    expect(labels.reduce((sum, label) => sum + weights[label], 0) / labels.length).toBeCloseTo(1, 6);
  });

  it('are 1 where classes are even, and for a class without images', () => {
    expect(weights[2]).toBe(1);
    expect([...balanceOf('weights').weights!(Uint8Array.of(0, 1, 1, 0), 3)]).toEqual([1, 1, 1]);
  });
});

it('only one thing differs from none in each', () => {
  for (const id of BALANCE_IDS) {
    const { order, weights } = balanceOf(id);
    expect([order, weights].filter((one) => one !== null)).toHaveLength(id === 'none' ? 0 : 1);
  }
});
