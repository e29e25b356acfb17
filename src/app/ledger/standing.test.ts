import { describe, expect, it } from 'vitest';
import { Ledger } from '../../engines/ledger.ts';
import { fullest, gapOf, imagesAsked, isChance, pairOf, sentToTrain, wordFor } from './standing.ts';

const NOTHING = { bytes: 0, messages: 0 };

/** A device that held these bytes at most, then let go of them, and sent some. */
function device(parameters: number, bytes: number) {
  const ledger = new Ledger();
  ledger.allocate('data', 1_000_000);
  ledger.allocate('parameters', parameters)();
  return {
    memory: ledger.read(),
    sent: { training: { bytes, messages: 1 }, evaluation: { bytes: 77, messages: 1 }, join: NOTHING },
  };
}

/** A curve: accuracy at each step. */
const curve = (...points: readonly (readonly [step: number, testAccuracy: number])[]) => ({
  final: null,
  points: points.map(([step, testAccuracy]) => ({ step, testAccuracy, epochs: step / 100 })),
});
const ended = (accuracy: number) => ({ ...curve(), final: { accuracy, count: 10_000 } });

describe('who is held against whom', () => {
  it('is SIL against conventional training, else the second ticked against the first', () => {
    expect(pairOf(['conventional', 'sil', 'pipeline'])).toEqual({ who: 'sil', against: 'conventional' });
    expect(pairOf(['conventional', 'pipeline', 'data'])).toEqual({
      who: 'pipeline',
      against: 'conventional',
    });
    expect(pairOf(['sil', 'pipeline'])).toEqual({ who: 'pipeline', against: 'sil' });
    expect(pairOf(['sil'])).toBeNull();
    expect(pairOf([])).toBeNull();
  });
});

describe('the gap', () => {
  it('is taken at the last step that both have measured', () => {
    const gap = gapOf(curve([0, 0.1], [60, 0.7], [120, 0.9]), curve([0, 0.1], [60, 0.75]));
    expect(gap).toEqual({ mine: 0.7, other: 0.75, points: -5, epochs: 0.6 });
  });

  it('is that of the last step with a number where a part was missing since', () => {
    const lost = curve([0, 0.1], [60, 0.7], [120, NaN]);
    expect(gapOf(lost, curve([60, 0.8], [120, 0.9]))).toMatchObject({ mine: 0.7, epochs: 0.6 });
    expect(gapOf(curve([60, NaN]), curve([60, 0.8]))).toBeNull();
  });

  it('is not there while only the untrained networks were measured', () => {
    expect(gapOf(curve([0, 0.1]), curve([0, 0.1], [60, 0.7]))).toBeNull();
  });

  it('at the end is the difference of the two numbers on the screen', () => {
    // 96.6% and 97.5%: 0.9 apart to whoever subtracts, though 0.96 was measured.
    expect(gapOf(ended(0.9656), ended(0.9752))).toMatchObject({ points: -0.9, epochs: null });
  });

  it('says nothing where neither has learned', () => {
    // MNIST's most frequent digit is 11.4% of the test images.
    expect(isChance({ mine: 0.11, other: 0.1135 }, 10)).toBe(true);
    expect(isChance({ mine: 0.1, other: 0.3 }, 10)).toBe(false);
    expect(isChance({ mine: 0.021, other: 0.05 }, 47)).toBe(true);
    expect(isChance({ mine: 0.021, other: 0.08 }, 47)).toBe(false);
  });

  it('has a word, by how much is lost', () => {
    expect([0.3, -0.5, -0.6, -2, -2.1, -5, -5.1].map(wordFor)).toEqual([
      'level',
      'level',
      'close',
      'close',
      'behind',
      'behind',
      'far',
    ]);
  });
});

it('the fullest device counts, with or without the images, and only what was sent to train', () => {
  const devices = [device(100, 30), device(200, 12)];
  expect(fullest(devices, undefined, false)).toBe(200);
  expect(fullest(devices, undefined, true)).toBe(1_000_200);
  expect(fullest([], undefined, true)).toBe(0);
  expect(sentToTrain({ devices })).toBe(42);
});

it('an accuracy is of all images at the end, and before of as many as are asked and there', () => {
  expect(imagesAsked({ accuracy: 0.9, count: 10_000 }, 2000, 10_000)).toBe(10_000);
  expect(imagesAsked(null, 2000, 10_000)).toBe(2000);
  expect(imagesAsked(null, 2000, 400)).toBe(400);
  expect(imagesAsked(null, 0, 10_000)).toBe(10_000);
  expect(imagesAsked(null, 0, undefined)).toBeNull();
});
