import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyExperiment } from './testing.ts';
import { check, fromJson, normalise, parameterCount } from './repair.ts';
import { describe as inWords } from './describe.ts';
import { applyPreset, PRESETS } from './presets.ts';
import { decode, encode } from './link.ts';
import { STRATEGY_IDS } from './strategies.ts';
import { DEFAULTS, FIELD_NAMES, fieldOf } from './table.ts';

describe('the table of fields', () => {
  it('has defaults within its own limits', () => {
    expect(check(DEFAULTS)).toEqual([]);
  });

  it('gives every field its own key, and a label and help a person can read', () => {
    const keys = FIELD_NAMES.map((name) => fieldOf(name).key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const name of FIELD_NAMES) {
      const { label, help } = fieldOf(name);
      expect(label).toMatch(/^[A-Z]/);
      expect(help).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('lets only the learning rate change while running', () => {
    expect(FIELD_NAMES.filter((name) => !fieldOf(name).restarts)).toEqual(['learningRate']);
  });
});

describe('an experiment as JSON', () => {
  it('survives a round trip', () => {
    fc.assert(
      fc.property(anyExperiment, (experiment) => {
        const { experiment: read, notices } = fromJson(JSON.parse(JSON.stringify(experiment)));
        expect(read).toEqual(experiment);
        expect(notices).toEqual([]);
      }),
      { numRuns: 1000, seed: 3 },
    );
  });

  it('is mended, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.dictionary(fc.constantFrom(...FIELD_NAMES), fc.oneof(fc.jsonValue(), fc.array(fc.integer()))),
        ),
        (json) => {
          const { experiment } = fromJson(json);
          expect(check(experiment)).toEqual([]);
        },
      ),
      { numRuns: 2000, seed: 4 },
    );
  });

  it('says so where it is no object', () => {
    expect(fromJson([1]).notices[0].message).toContain('expected an object of settings');
  });

  it('never takes a string for a number', () => {
    expect(fromJson({ batch: '64' })).toMatchObject({
      experiment: { batch: 128 },
      notices: [{ key: 'batch' }],
    });
  });
});

describe('after an edit', () => {
  it('cuts follow when layers are taken away, in order and without repeats', () => {
    const edited = normalise({ ...DEFAULTS, layers: [64, 64], cuts: [1, 3, 5] });
    expect(edited.cuts).toEqual([1, 2]);
  });

  it('lists per cut follow the number of cuts', () => {
    const three = {
      ...DEFAULTS,
      cuts: [2, 3, 4],
      code: ['sparse', 'sign', 'gaussian'] as const,
      scale: [1, 2, 3],
    };
    expect(normalise({ ...three, cuts: [2, 3] })).toMatchObject({ code: ['sparse', 'sign'], scale: [1, 2] });
    expect(normalise({ ...three, cuts: [2, 3, 4, 5] })).toMatchObject({
      code: ['sparse', 'sign', 'gaussian', 'gaussian'],
      scale: [1, 2, 3, 3],
    });
    expect(normalise({ ...three, cuts: [] })).toMatchObject({ code: ['sparse'], scale: [1] });
  });

  it('a whole experiment stays as it is', () => {
    fc.assert(
      fc.property(anyExperiment, (experiment) => {
        expect(normalise(experiment)).toEqual(experiment);
      }),
      { numRuns: 1000, seed: 5 },
    );
  });

  it('too large a network is pointed out with its size', () => {
    const large = { ...DEFAULTS, layers: [8192, 8192] };
    expect(check(large)).toMatchObject([{ key: 'layers' }]);
    expect(parameterCount(DEFAULTS)).toBe(784 * 512 + 512 + 4 * (512 * 512 + 512) + 512 * 10 + 10);
  });
});

describe('presets', () => {
  it.each(PRESETS)('$id can run, stays itself in a link, and keeps data, seed and engine', (preset) => {
    const mine = { ...DEFAULTS, data: 'emnist-letters', seed: 42, engine: ['cpu'] } as const;
    const experiment = applyPreset(preset, mine);
    expect(check(experiment)).toEqual([]);
    expect(decode(encode(experiment)).experiment).toEqual(experiment);
    expect(experiment).toMatchObject({ data: 'emnist-letters', seed: 42, engine: ['cpu'] });
    expect(experiment.strategies.every((id) => STRATEGY_IDS.includes(id))).toBe(true);
    expect(preset.watch).toMatch(/^[A-Z][^.]*\.$/);
  });

  it('differ from each other', () => {
    expect(new Set(PRESETS.map((preset) => encode(applyPreset(preset)))).size).toBe(PRESETS.length);
  });
});

describe('an experiment in words', () => {
  it('fits on one line', () => {
    expect(inWords(DEFAULTS)).toBe(
      'MNIST, 784 → 512 × 5 → 10 (ReLU), cut after layer 3, Gaussian labels; Conventional and SIL; ' +
        'Adam 0.001 (cosine), batch 128, 8 epochs, seed 1',
    );
    expect(
      inWords({
        ...DEFAULTS,
        layers: [64, 32],
        cuts: [1, 2],
        code: ['sparse', 'sign'],
        strategies: ['sil'],
        epochs: 1,
      }),
    ).toContain(
      '784 → 64 → 32 → 10 (ReLU), cut after layers 1 and 2, Sparse and Plus or minus one labels; SIL;',
    );
    expect(inWords({ ...DEFAULTS, cuts: [] })).toContain(', uncut;');
    const carrying = { ...DEFAULTS, cuts: [1, 2], carry: 0.9 };
    expect(inWords(carrying)).toContain(', cut after layers 1 and 2, 90% image in Gaussian labels;');
    expect(inWords({ ...carrying, targets: 'auto' })).toContain(
      ' features, then 90% image in Gaussian labels;',
    );
    expect(inWords({ ...carrying, carry: 1 })).toContain(', cut after layers 1 and 2, 100% image;');
  });
});
