import { describe, expect, it } from 'vitest';
import { initialParameters } from '../initialise.ts';
import { Random } from '../random.ts';
import { denseNetwork, widthAfter } from '../spec.ts';
import {
  activationOf,
  backwardLayer,
  countParameters,
  flopsOf,
  forwardLayer,
  unflattenParameters,
  levelSizes,
  modulePlaces,
  withActivation,
} from './layers.ts';

const hidden = [4, 'ln', 3, 'ln'] as const;
const network = denseNetwork(5, hidden, 2, 'relu');

describe('a list of layers', () => {
  it('has the sizes, places and parameters of its layers in the order written', () => {
    expect(network.map(({ kind }) => kind)).toEqual(['dense', 'layer-norm', 'dense', 'layer-norm', 'dense']);
    expect(levelSizes(network)).toEqual([5, 4, 4, 3, 3, 2]);
    expect(hidden.map((_, index) => widthAfter(hidden, index))).toEqual([4, 4, 3, 3]);
    expect(countParameters(network)).toBe(5 * 4 + 4 + 2 * 4 + 4 * 3 + 3 + 2 * 3 + 3 * 2 + 2);
    expect(modulePlaces(network)).toEqual([0, 2, 3, 5, 6]);
    expect(network.map(activationOf)).toEqual(['relu', 'linear', 'relu', 'linear', 'linear']);
    expect(network.map((layer) => activationOf(withActivation(layer, 'tanh')))).toEqual([
      'tanh',
      'linear',
      'tanh',
      'linear',
      'tanh',
    ]);
  });

  it('begins with normalisation that changes nothing but mean and deviation, times its initial scale', () => {
    const views = unflattenParameters(network, initialParameters(network, 3, new Map([[3, 0.1]])));
    expect([...views[1].scale]).toEqual([1, 1, 1, 1]);
    expect([...views[1].shift]).toEqual([0, 0, 0, 0]);
    expect([...views[3].scale]).toEqual([0.1, 0.1, 0.1].map(Math.fround));
  });
});

describe('layer normalisation', () => {
  const layer = { kind: 'layer-norm', width: 4 } as const;
  const parameters = { scale: Float64Array.of(1, 2, -1, 0.5), shift: Float64Array.of(0, 1, 0, -1) };

  it('brings a row to mean 0 and variance 1, then scales and shifts it', () => {
    const y = forwardLayer(layer, parameters, Float64Array.of(1, 2, 3, 6, 7, 7, 7, 7), 2);
    // Mean 3, variance 3.5; and a row that is the same throughout.
    const by = Math.sqrt(3.5 + 1e-5);
    const expected = [-2 / by, (-1 / by) * 2 + 1, 0, (3 / by) * 0.5 - 1, 0, 1, 0, -1];
    y.forEach((value, at) => expect(value).toBeCloseTo(expected[at], 12));
  });

  it('has the gradients of finite differences', () => {
    const random = Random.for(4, 'test');
    const numbers = (count: number) => Float64Array.from({ length: count }, () => random.normal());
    const [x, dy] = [numbers(12), numbers(12)];
    // Any linear loss Σ dy · y has dy as its gradient.
    const loss = (given: Float64Array, of = parameters) =>
      forwardLayer(layer, of, given, 3).reduce((sum, value, at) => sum + value * dy[at], 0);
    const found = backwardLayer(layer, parameters, x, forwardLayer(layer, parameters, x, 3), dy, 3);
    // Central differences in double precision: h² = 1e-8 of third derivatives, 1e-16 / h of rounding.
    const h = 1e-4;
    const moved = (values: Float64Array, at: number, by: number) =>
      values.map((value, index) => (index === at ? value + by : value));
    found.input.forEach((value, at) =>
      expect(value).toBeCloseTo((loss(moved(x, at, h)) - loss(moved(x, at, -h))) / (2 * h), 5),
    );
    for (const name of ['scale', 'shift'] as const) {
      found.parameters[name].forEach((value, at) => {
        const by = (step: number) => loss(x, { ...parameters, [name]: moved(parameters[name], at, step) });
        expect(value).toBeCloseTo((by(h) - by(-h)) / (2 * h), 5);
      });
    }
  });

  it('costs a few FLOPs a number, where a dense layer costs two a weight', () => {
    expect(flopsOf(layer)).toEqual({ forward: 28, inputGradient: 32, parameterGradient: 12 });
    expect(flopsOf(network[0])).toEqual({ forward: 40, inputGradient: 40, parameterGradient: 40 });
  });
});
