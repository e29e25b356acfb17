import { describe, expect, it } from 'vitest';
import { labelBatches, MIXTURE, type LabelBatchesRequest } from './batches.ts';
import { MIX_IDS } from './mixes.ts';

const request = (changes: Partial<LabelBatchesRequest> = {}): LabelBatchesRequest => ({
  seed: 1,
  rank: 1,
  classes: 47,
  batch: 128,
  mix: 'pure',
  from: 0,
  to: 10,
  ...changes,
});

describe.each(MIX_IDS)('%s batches', (mix) => {
  it('are the same however the steps are chunked, from any step on', () => {
    const whole = labelBatches(request({ mix, to: 9 }));
    const parts = [
      [0, 1],
      [1, 4],
      [4, 4],
      [4, 9],
    ].map(([from, to]) => labelBatches(request({ mix, from, to })));
    expect(parts.flatMap((part) => [...part.classes])).toEqual([...whole.classes]);
    expect(parts.flatMap((part) => [...part.weights])).toEqual([...whole.weights]);
    expect(parts.flatMap((part) => [...part.targets])).toEqual([...whole.targets]);
  });

  it('can start a billion steps in at once', () => {
    const far = labelBatches(request({ mix, from: 1e9, to: 1e9 + 1 }));
    expect(far.targets).toHaveLength(128);
    expect(far.targets).not.toEqual(labelBatches(request({ mix, to: 1 })).targets);
  });

  it('differ by seed and rank', () => {
    const { targets } = labelBatches(request({ mix }));
    expect(labelBatches(request({ mix, seed: 2 })).targets).not.toEqual(targets);
    expect(labelBatches(request({ mix, rank: 2 })).targets).not.toEqual(targets);
  });

  it('have weights that sum to 1, the first the largest, and the target it belongs to', () => {
    const { classes, weights, targets } = labelBatches(request({ mix }));
    for (let n = 0; n < targets.length; n++) {
      const own = weights.subarray(n * MIXTURE, (n + 1) * MIXTURE);
      // Four float32 roundings.
      expect(Math.abs(own.reduce((sum, weight) => sum + weight, 0) - 1)).toBeLessThan(1e-6);
      expect(own[0]).toBe(Math.max(...own));
      expect(classes[n * MIXTURE]).toBe(targets[n]);
    }
  });

  it('work for a single class', () => {
    const { targets, weights } = labelBatches(request({ mix, classes: 1, to: 2 }));
    expect(new Set(targets)).toEqual(new Set([0]));
    expect(new Set(weights)).toEqual(new Set([1, 0]));
  });

  it('work for 256 classes, the most a byte can name, and refuse more', () => {
    expect(Math.max(...labelBatches(request({ mix, classes: 256 })).targets)).toBeGreaterThan(200);
    expect(() => labelBatches(request({ mix, classes: 257 }))).toThrow('1 to 256 classes');
  });

  it('refuse steps that run backwards', () => {
    expect(() => labelBatches(request({ mix, from: 3, to: 2 }))).toThrow('found 3 to 2');
  });
});

describe('pure batches', () => {
  it('hold every class once per round, in an order that changes', () => {
    const { targets, weights } = labelBatches(request({ classes: 10, batch: 25, to: 4 }));
    const rounds = Array.from({ length: 10 }, (_, round) => [
      ...targets.subarray(round * 10, round * 10 + 10),
    ]);
    for (const round of rounds)
      expect([...round].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(rounds.map((round) => round.join())).size).toBe(10);
    expect([...weights.subarray(0, MIXTURE)]).toEqual([1, 0, 0, 0]);
  });
});

describe('mixtures', () => {
  const { classes, weights, targets } = labelBatches(request({ mix: 'mixtures', to: 160 }));
  const samples = targets.length;

  it('fall like a Dirichlet(0.1), cut to its four largest', () => {
    // By numerical sampling of Dirichlet(0.1) over 47 classes (numpy, 200,000 draws), cut to its four largest and
    // renormalised: mean weights 0.444, 0.255, 0.174, 0.127. The urn's 64ths and 20,480 samples here allow 0.01.
    const means = [0, 1, 2, 3].map((slot) => {
      let sum = 0;
      for (let n = 0; n < samples; n++) sum += weights[n * MIXTURE + slot];
      return sum / samples;
    });
    [0.444, 0.255, 0.174, 0.127].forEach((expected, slot) => {
      expect(Math.abs(means[slot] - expected)).toBeLessThan(0.01);
    });
  });

  it('favour no class', () => {
    const uses = new Float64Array(47);
    for (const target of targets) uses[target]++;
    // 20,480 / 47 = 436 each, std 20.6: within 4.5 of them.
    expect(Math.min(...uses)).toBeGreaterThan(436 - 93);
    expect(Math.max(...uses)).toBeLessThan(436 + 93);
  });

  it('never mix a class with itself', () => {
    for (let n = 0; n < samples; n++) {
      const used = [0, 1, 2, 3].map((slot) => n * MIXTURE + slot).filter((index) => weights[index] > 0);
      expect(new Set(used.map((index) => classes[index])).size).toBe(used.length);
    }
  });
});
