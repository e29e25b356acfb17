import { describe, expect, it } from 'vitest';
import { plan as planOf } from '../experiment/plan.ts';
import { decode } from '../experiment/link.ts';
import { countParameters } from '../network/spec.ts';
import { fitsPlan, placeWeights } from './given-weights.ts';

const planFor = (link: string) =>
  planOf(decode(link).experiment, { pixels: 784, classes: 10, trainCount: 1000 });

/** Weights of some layers, as read from a file. */
const read = (widths: readonly number[], metadata = {}) => {
  const shapes = widths.slice(1).map((outputs, index) => ({ inputs: widths[index], outputs }));
  const layers = shapes.map((shape) => ({ ...shape, activation: 'relu' as const }));
  return { shapes, parameters: new Float32Array(countParameters(layers)), metadata };
};

describe('given weights', () => {
  const plan = planFor('data=mnist&layers=16,128,64&cuts=1');

  it('go to the whole network, or to the partition of their shapes', () => {
    expect(placeWeights(read([784, 16, 128, 64, 10]), plan).firstLayer).toBe(0);
    expect(placeWeights(read([16, 128, 64, 10]), plan).firstLayer).toBe(1);
    expect(() => placeWeights(read([16, 128, 10]), plan)).toThrow(
      /16 → 128 → 10, but the network is 784 → 16/,
    );
  });

  it('go to the partition that the file names, where several are alike', () => {
    const alike = planFor('data=mnist&layers=32x6&cuts=2,4');
    expect(placeWeights(read([32, 32, 32]), alike).firstLayer).toBe(2);
    const layers = planFor('data=mnist&layers=32x7&cuts=2,4,6');
    expect(placeWeights(read([32, 32, 32], { firstLayer: '4' }), layers).firstLayer).toBe(4);
  });

  it.each<[string, boolean]>([
    ['layers=16,128,64&cuts=1', true],
    // The whole network has no need of the same cuts.
    ['layers=16,128,64&cuts=2', true],
    ['layers=16,128,64&cuts=', true],
    // 784·16 + 16·128 + 128·64 + 64·10 and biases: as many numbers as 16, 16, 400.
    ['layers=16,16,400&cuts=1', false],
    ['layers=16,128,32&cuts=1', false],
  ])('of the whole network have a place in %s: %s', (link, fits) => {
    expect(fitsPlan(placeWeights(read([784, 16, 128, 64, 10]), plan), planFor(`data=mnist&${link}`))).toBe(
      fits,
    );
  });

  it('of a partition have a place only where that partition still is', () => {
    const given = placeWeights(read([16, 128, 64, 10]), plan);
    expect(fitsPlan(given, plan)).toBe(true);
    expect(fitsPlan(given, planFor('data=mnist&layers=16,128,64&cuts=2'))).toBe(false);
    expect(fitsPlan(given, planFor('data=mnist&layers=16,16,400&cuts=1'))).toBe(false);
  });
});
