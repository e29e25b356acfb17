import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { anyExperiment, anyFragment } from './testing.ts';
import type { Experiment } from './experiment.ts';
import { LIMITS } from './limits.ts';
import { asFormerly, decode, encode, fragmentOf, without } from './link.ts';
import { parameterCount } from './repair.ts';
import { DEFAULTS, FIELD_NAMES, fieldOf } from './table.ts';

const runs = { numRuns: 10_000, seed: 2403 } as const;

/** Every limit, stated apart from the code that keeps them. */
function expectWithinLimits(experiment: Experiment): void {
  expect(Object.keys(experiment)).toHaveLength(FIELD_NAMES.length);
  for (const name of FIELD_NAMES) {
    if (!v.is(fieldOf(name).schema as v.GenericSchema, experiment[name])) {
      throw new Error(`${name} is out of its limits: ${String(experiment[name])}`);
    }
  }
  const { layers, cuts, code, scale } = experiment;
  // One expectation for all: 10,000 runs of a dozen each take seconds.
  expect({
    small: parameterCount(experiment) <= 64 * 1024 * 1024,
    layers: layers.length >= 1 && layers.length <= 12,
    widths: layers.every((width, at) => (width === 'ln' ? at > 0 : width >= 1 && width <= 8192)),
    cuts: cuts.length <= 5,
    increasing: cuts.every((cut, index) => cut > (cuts[index - 1] ?? 0) && cut <= layers.length),
    code: code.length === 1 || code.length === cuts.length,
    scale: scale.length <= 1 || scale.length === cuts.length,
  }).toEqual({
    small: true,
    layers: true,
    widths: true,
    cuts: true,
    increasing: true,
    code: true,
    scale: true,
  });
}

describe('a link', () => {
  it('survives a round trip, for 10,000 random experiments', () => {
    fc.assert(
      fc.property(anyExperiment, (experiment) => {
        const { experiment: reopened, notices, extras } = decode(encode(experiment));
        expect(reopened).toEqual(experiment);
        expect(notices).toEqual([]);
        expect(extras).toEqual({});
      }),
      runs,
    );
  });

  it('survives what chat programs do to links: percent-encoding of every separator within a value', () => {
    fc.assert(
      fc.property(anyExperiment, (experiment) => {
        const mangled = encode(experiment).replaceAll(',', '%2C').replaceAll('.', '%2E');
        expect(decode(`#${mangled}`).experiment).toEqual(experiment);
      }),
      { numRuns: 1000, seed: 7 },
    );
  });

  it('never throws and never exceeds a limit, for 10,000 hostile fragments', () => {
    fc.assert(
      fc.property(anyFragment, (fragment) => {
        const { experiment, notices } = decode(fragment);
        expectWithinLimits(experiment);
        expect(notices.length).toBeLessThanOrEqual(20);
        expect(Math.max(0, ...notices.map(({ message }) => message.length))).toBeLessThan(500);
        // What was understood can be shared again and means the same.
        expect(decode(encode(experiment)).experiment).toEqual(experiment);
      }),
      runs,
    );
  });

  it('is readable, leaves defaults out and always names the data set and version', () => {
    expect(encode(DEFAULTS)).toBe('data=mnist&v=1');
    expect(
      encode({
        ...DEFAULTS,
        data: 'emnist-balanced',
        layers: [512, 256, 128],
        cuts: [2, 3],
        seed: 7,
        learningRate: 1e-7,
      }),
    ).toBe('data=emnist-balanced&layers=512,256,128&cuts=2,3&rate=1e-7&seed=7&v=1');
    expect(encode({ ...DEFAULTS, layers: [64, 64, 64], cuts: [] })).toBe(
      'data=mnist&layers=64x3&cuts=none&v=1',
    );
  });

  it('says decay where there is some, whichever optimizer is chosen, and links without it mean none', () => {
    const some = decode('optimizer=lion&decay=0.1').experiment;
    expect(some).toMatchObject({ optimizer: 'lion', decay: 0.1 });
    expect(decode(encode(some)).experiment).toEqual(some);
    expect(encode({ ...some, optimizer: 'adam' })).toContain('decay=0.1');
    expect(decode('optimizer=adamw&v=1').experiment.decay).toBe(0);
    expect(encode(decode('optimizer=sgd&v=1').experiment)).not.toContain('decay');
  });

  it('reads runs of equal widths anywhere in a list', () => {
    expect(decode('layers=512x3,64x2,10').experiment.layers).toEqual([512, 512, 512, 64, 64, 10]);
    expect(decode('layers=512×5').experiment.layers).toEqual([512, 512, 512, 512, 512]);
  });

  it('reads layer normalisation where it stands, and cuts before and behind it', () => {
    const { experiment, notices } = decode('data=mnist&layers=64x2,ln,32&cuts=2,3&v=1');
    expect(notices).toEqual([]);
    expect(experiment).toMatchObject({ layers: [64, 64, 'ln', 32], cuts: [2, 3] });
    expect(encode(experiment)).toBe('data=mnist&layers=64,64,ln,32&cuts=2,3&v=1');
  });

  it('opens without any setting as the defaults, with nothing to say', () => {
    for (const fragment of ['', '#', '&&', 'v=1']) {
      expect(decode(fragment)).toEqual({ experiment: DEFAULTS, notices: [], extras: {}, given: new Set() });
    }
  });

  it('says which fields it spoke of', () => {
    expect(decode('data=mnist&seed=x').given).toEqual(new Set(['data', 'seed']));
  });

  it('finds the fragment of a whole link', () => {
    expect(fragmentOf('https://example.org/piecewise/#data=mnist&seed=3')).toBe('data=mnist&seed=3');
    expect(fragmentOf('data=mnist')).toBe('data=mnist');
  });
});

describe('what a link cannot have', () => {
  const only = (fragment: string) => {
    const { experiment, notices } = decode(fragment);
    expect(notices).toHaveLength(1);
    return { experiment, notice: notices[0] };
  };

  it.each([
    ['layers=10000 layers', 'layers', '10000 layers'],
    ['layers=512x10000', 'layers', '512x10000'],
    ['layers=1e9', 'layers', '1e9'],
    ['layers=512,,512', 'layers', '512,,512'],
    ['layers=', 'layers', ''],
    ['layers=none', 'layers', 'none'],
    ['layers=ln', 'layers', 'ln'],
    ['layers=ln,512', 'layers', 'ln,512'],
    ['layers=512,lnx3', 'layers', '512,lnx3'],
    ['layers=512x12,ln', 'layers', '512x12,ln'],
    ['rate=NaN', 'rate', 'NaN'],
    ['rate=1e309', 'rate', '1e309'],
    ['rate=0', 'rate', '0'],
    ['batch=12.5', 'batch', '12.5'],
    ['batch=0x80', 'batch', '0x80'],
    ['seed=4294967296', 'seed', '4294967296'],
    ['seed=-1', 'seed', '-1'],
    ['data=imagenet', 'data', 'imagenet'],
    ['activation=Relu', 'activation', 'Relu'],
    ['code=gaussian,magic', 'code', 'gaussian,magic'],
    ['label-gain=', 'label-gain', ''],
    ['cuts=two', 'cuts', 'two'],
    ['cuts=1.5', 'cuts', '1.5'],
  ])('%s falls to the default and is told', (fragment, key, found) => {
    const { experiment, notice } = only(fragment);
    expect(experiment).toEqual(DEFAULTS);
    expect(notice.key).toBe(key);
    expect(notice.found).toBe(found);
    expect(notice.expected).toBeTruthy();
    expect(notice.message).toContain(`found “${found}”, expected ${notice.expected}`);
  });

  it('a network beyond 64 Mi parameters, though each width is allowed', () => {
    const { experiment, notice } = only('layers=8192x3&cuts=2');
    expect(experiment.layers).toEqual(DEFAULTS.layers);
    expect(experiment.cuts).toEqual([2]);
    // 784·8192 + 8192 + 2·(8192² + 8192) + 8192·10 + 10
    expect(notice.expected).toBe('at most 67,108,864 parameters in all, not 140,746,762');
  });

  it('cuts beyond the layers: they are dropped, the others stay', () => {
    const { experiment, notice } = only('layers=64,64&cuts=1,3');
    expect(experiment.cuts).toEqual([1]);
    expect(notice.message).toBe(
      'Cuts: found “1,3”, expected up to 5 increasing whole numbers from 1 to 2, the number of hidden layers. Using 1 instead.',
    );
  });

  it('cuts out of order or repeated: they are sorted', () => {
    expect(only('cuts=4,2,4').experiment.cuts).toEqual([2, 4]);
  });

  it('more than six partitions', () => {
    expect(only('layers=64x8&cuts=1,2,3,4,5,6').experiment.cuts).toEqual([3]);
  });

  it('the default cut where the network is shallower: it moves quietly', () => {
    expect(decode('layers=64,64')).toMatchObject({ experiment: { cuts: [2] }, notices: [] });
  });

  it('codes and scales for another number of cuts', () => {
    expect(only('cuts=2,3,4&code=sparse,sign').experiment.code).toEqual(['sparse', 'sign', 'sign']);
    expect(only('cuts=3&scale=1,2').experiment.scale).toEqual([1]);
  });

  it('strategies that are unknown or repeated: the rest stays', () => {
    expect(only('strategies=sil,telepathy').experiment.strategies).toEqual(['sil']);
    expect(only('strategies=sil,sil').experiment.strategies).toEqual(['sil']);
    expect(only('strategies=telepathy').experiment.strategies).toEqual(DEFAULTS.strategies);
    expect(only('strategies=').experiment.strategies).toEqual(DEFAULTS.strategies);
  });

  it('unknown settings, names every object has included', () => {
    expect(only('colour=red').notice).toMatchObject({ key: 'colour', found: 'red' });
    expect(only('__proto__=1').experiment).toEqual(DEFAULTS);
    expect(only('constructor=1').experiment).toEqual(DEFAULTS);
  });

  it('a setting twice: the first counts', () => {
    expect(only('seed=5&seed=6').experiment.seed).toBe(5);
  });

  it('broken percent-encoding: only that part is lost', () => {
    const { experiment, notice } = only('seed=%E0%A4%A&batch=64');
    expect(experiment).toEqual({ ...DEFAULTS, batch: 64 });
    expect(notice.message).toContain('percent-encoded');
    expect(only('%=3').experiment).toEqual(DEFAULTS);
  });

  it('a newer version: it is read as far as it goes', () => {
    const { experiment, notice } = only('seed=5&v=2');
    expect(experiment.seed).toBe(5);
    expect(notice.message).toContain('newer version');
    expect(only('v=banana').notice.message).toContain('expected 1');
  });

  it('more than 100,000 characters', () => {
    const long = `seed=5&run=${'x'.repeat(LIMITS.fragment)}`;
    const { experiment, notice } = only(long);
    expect(experiment).toEqual(DEFAULTS);
    expect(notice.message).toContain('100011 characters');
    expect(decode(long.slice(0, LIMITS.fragment)).experiment.seed).toBe(5);
  });

  it('more problems than anybody reads: they are summed up', () => {
    const { notices } = decode(Array.from({ length: 5000 }, (_, index) => `k${index}=1`).join('&'));
    expect(notices).toHaveLength(20);
    expect(notices[19].message).toContain('4981 more');
  });

  it('invisible or endless text in a notice', () => {
    const { notice } = only(`data=${'\u0007abc'.repeat(100)}`);
    expect(notice.found).toMatch(/^\u{fffd}abc/u);
    expect(notice.found!.length).toBeLessThan(50);
  });
});

describe('keys of the page', () => {
  it('are handed through as they are, both ways', () => {
    const extras = { view: 'embed', run: 'a+b/c= ü&#', tour: '' };
    const fragment = encode({ ...DEFAULTS, seed: 9 }, extras);
    expect(decode(fragment)).toMatchObject({ experiment: { seed: 9 }, notices: [], extras });
  });

  it('cannot break a link, even with half a character', () => {
    expect(decode(encode(DEFAULTS, { run: 'a\ud800b' })).extras.run).toBe('a\u{fffd}b');
  });
});

it('a link without its tour leaves open what it left open', () => {
  expect(decode(without('tour=3', 'tour')).given).toEqual(decode('tour=3').given);
  expect(without('layers=64x4&tour=3&cuts=2', 'tour')).toBe('layers=64x4&cuts=2');
});

describe('a link of an earlier version', () => {
  it('says modes for strategies, opens the same, and is written in the words of today', () => {
    const { experiment, notices } = decode('modes=sil,pipeline&rate=0.01&v=1');
    expect(notices).toEqual([]);
    expect(experiment.strategies).toEqual(['sil', 'pipeline']);
    const now = encode(experiment);
    expect(now).toContain('strategies=sil,pipeline');
    expect(asFormerly(now)).toBe(now.replace('strategies=', 'modes='));
  });

  it('does not say both', () => {
    expect(decode('modes=sil&strategies=model').notices).toHaveLength(1);
  });
});
