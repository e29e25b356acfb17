/** Random experiments and hostile fragments for property tests. Not part of the app. */
import fc from 'fast-check';
import type { HiddenLayer } from '../network/spec.ts';
import type { Experiment } from './experiment.ts';
import { fieldOf, FIELD_NAMES, FIELDS } from './table.ts';
import { LIMITS } from './limits.ts';
import { parameterCount } from './repair.ts';
import { STRATEGY_IDS } from './strategies.ts';
import type { NumberField, NumbersField } from './field.ts';

function within({ min, max, whole }: NumberField | NumbersField): fc.Arbitrary<number> {
  const any = whole
    ? fc.integer({ min, max })
    : fc.double({ min, max, noNaN: true }).map((value) => value + 0);
  // Ends are where limits break; fast-check favours them too, but not in every field.
  return fc.oneof({ weight: 8, arbitrary: any }, { weight: 1, arbitrary: fc.constantFrom(min, max) });
}

const width = fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: LIMITS.width }));
const layers: fc.Arbitrary<readonly HiddenLayer[]> = fc.oneof(
  fc
    .tuple(width, fc.array(fc.oneof(width, fc.constant('ln' as const)), { maxLength: LIMITS.layers - 1 }))
    .map(([first, others]) => [first, ...others]),
  fc.array(width, { minLength: 1, maxLength: LIMITS.layers }),
  fc
    .tuple(width, fc.integer({ min: 1, max: LIMITS.layers }))
    .map(([units, length]) => Array.from({ length }, () => units)),
);

const oneOf = <T extends string>(options: readonly { readonly id: T }[]) =>
  fc.constantFrom(...options.map(({ id }) => id));

/** Any experiment within the limits. */
export const anyExperiment: fc.Arbitrary<Experiment> = fc
  .record({
    data: oneOf(FIELDS.data.choices),
    layers,
    activation: oneOf(FIELDS.activation.choices),
  })
  .filter((network) => parameterCount(network) <= LIMITS.parameters)
  .chain((network) =>
    fc
      .subarray(
        network.layers.map((_, index) => index + 1),
        { maxLength: Math.min(LIMITS.cuts, network.layers.length) },
      )
      .map((cuts) => ({ ...network, cuts })),
  )
  .chain(({ data, layers: hidden, activation, cuts }) => {
    const perCut = <T>(item: fc.Arbitrary<T>, shortest: number) =>
      fc
        .constantFrom(...new Set([shortest, 1, Math.max(1, cuts.length)]))
        .chain((length) => fc.array(item, { minLength: length, maxLength: length }));
    return fc.record({
      data: fc.constant(data),
      layers: fc.constant(hidden),
      activation: fc.constant(activation),
      cuts: fc.constant(cuts),
      strategies: fc.shuffledSubarray([...STRATEGY_IDS], { minLength: 1 }),
      engine: fc
        .constantFrom(1, cuts.length + 1)
        .chain((length) => fc.array(oneOf(FIELDS.engine.choices), { minLength: length, maxLength: length })),
      devices: within(FIELDS.devices),
      microBatches: within(FIELDS.microBatches),
      pipeline: oneOf(FIELDS.pipeline.choices),
      lag: within(FIELDS.lag),
      optimizer: oneOf(FIELDS.optimizer.choices),
      learningRate: within(FIELDS.learningRate),
      decay: within(FIELDS.decay),
      schedule: oneOf(FIELDS.schedule.choices),
      batch: within(FIELDS.batch),
      epochs: within(FIELDS.epochs),
      balance: oneOf(FIELDS.balance.choices),
      seed: within(FIELDS.seed),
      initScale: within(FIELDS.initScale),
      code: perCut(oneOf(FIELDS.code.choices), 1),
      scale: perCut(within(FIELDS.scale), 0),
      boundary: oneOf(FIELDS.boundary.choices),
      labelInitScale: within(FIELDS.labelInitScale),
      sparsity: within(FIELDS.sparsity),
      mix: oneOf(FIELDS.mix.choices),
      noise: within(FIELDS.noise),
      labelSteps: within(FIELDS.labelSteps),
      reduction: oneOf(FIELDS.reduction.choices),
      targets: oneOf(FIELDS.targets.choices),
      copy: within(FIELDS.copy),
      carry: within(FIELDS.carry),
      swap: within(FIELDS.swap),
      hybrid: within(FIELDS.hybrid),
      recovery: within(FIELDS.recovery),
      recoveryLearningRate: within(FIELDS.recoveryLearningRate),
      threads: within(FIELDS.threads),
      turn: within(FIELDS.turn),
      test: within(FIELDS.test),
    });
  });

const keys = FIELD_NAMES.map((name) => fieldOf(name).key);

const hostileKey = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...keys) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('v', 'view', 'run', 'tour', '__proto__', 'constructor', 'toString', '', '%'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);

const hostileNumber = fc.oneof(
  fc.double().map(String),
  fc.bigInt().map(String),
  fc.constantFrom(
    'NaN',
    'Infinity',
    '-Infinity',
    '1e309',
    '-1e309',
    '1e9',
    '-1',
    '-0',
    '0',
    '0x10',
    '1e-400',
    '٣',
    '½',
  ),
  fc.constantFrom(
    '1_000',
    '1,5',
    ' 7',
    '+3',
    '1e',
    '.',
    '-',
    '9'.repeat(400),
    '512x1000000000',
    '512x99999999999',
    'ln',
    'lnx3',
    '8192x12',
  ),
);

const hostileValue = fc.oneof(
  hostileNumber,
  fc.array(hostileNumber, { maxLength: 20 }).map((items) => items.join(',')),
  fc.array(fc.integer({ min: -2, max: 9000 }), { maxLength: 16 }).map((items) => items.join(',')),
  fc.constantFrom(
    '10000 layers',
    '512x10000',
    '1e9',
    'x',
    '3x',
    'x3',
    '×',
    ',,,,',
    '[1,2]',
    'null',
    'undefined',
    'true',
  ),
  fc.constantFrom(
    '%',
    '%E0%A4%A',
    '%00',
    '%F0%9F%98%80',
    '\u202e',
    '\ud800',
    '=',
    '==1',
    '#',
    '?',
    '<script>',
    '../../..',
  ),
  fc.constantFrom(
    'conventional,sil,sil',
    'fsdp,model',
    'gaussian,sparse,sign,simplex,uniform,one-hot',
    'Relu',
    'none',
  ),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }).map((text) => encodeURIComponent(text.toString().replace(/\p{Cs}/gu, ''))),
);

/** Fragments that look like links, and fragments that look like nothing. */
export const anyFragment: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .array(fc.tuple(hostileKey, fc.constantFrom('=', '=', '=', '', '=='), hostileValue), { maxLength: 30 })
      .chain((parts) =>
        fc
          .constantFrom('&', '&', '&', '&&', ';', '#')
          .map((separator) => parts.map((part) => part.join('')).join(separator)),
      ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => String.fromCharCode(...bytes)) },
);
