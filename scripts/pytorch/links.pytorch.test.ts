import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { decode, fragmentOf } from '../../src/experiment/link.ts';
import { STRATEGIES, STRATEGY_IDS, type StrategyId } from '../../src/experiment/strategies.ts';
import { Random } from '../../src/network/random.ts';
import { OPTIMIZER_IDS, OPTIMIZERS, type OptimizerId } from '../../src/network/optimizers/registry.ts';
import { expectAgreement, Workplace } from './testing.ts';

const place = new Workplace();

const EXPORTED = STRATEGY_IDS.filter((id) => STRATEGIES[id].inPytorch);

async function compare(
  link: string,
  strategies: readonly StrategyId[],
  { evenClasses = false, lossAllowed }: { evenClasses?: boolean; lossAllowed?: number } = {},
): Promise<void> {
  const { experiment } = decode(link);
  const lab = await place.lab(`${link}&strategies=${strategies.join()}`, evenClasses);
  const file = await place.exported(link, ...(evenClasses ? ['--even-classes'] : []));
  const parts = experiment.cuts.length + 1;
  for (const id of strategies) {
    const several = id === 'conventional' ? [] : ['--processes', String(parts)];
    const said = await place.run(file, '--strategy', id, ...several);
    expect(said.err).toBe('');
    expectAgreement(said, lab[id], `${id}, ${link}`, lossAllowed);
  }
}

/** Those of the README's table, on the data at hand and for one epoch: what differs between them are other settings. */
const README = readFileSync('README.md', 'utf8');
const LINKS = [...README.matchAll(/\]\((http:\/\/127\.0\.0\.1:5173\/#v=1[^)]*)\)/g)].map(([, address]) => {
  const settings = new URLSearchParams(fragmentOf(address));
  const { strategies } = decode(settings.toString()).experiment;
  for (const key of ['v', 'data', 'strategies', 'test']) settings.delete(key);
  settings.set('epochs', '1');
  return {
    link: settings.toString().replaceAll('%2C', ','),
    strategies: EXPORTED.filter((id) => strategies.includes(id)),
  };
});

describe('the README’s links, for one epoch', () => {
  it('are found', () => expect(LINKS.length).toBeGreaterThanOrEqual(8));
  it.each(LINKS)('$link: $strategies', ({ link, strategies }) => compare(link, strategies));
});

/** Reductions and rates that teach something in a few epochs: where little is learned, a wrong update is not seen. */
const LEARNING: Readonly<
  Record<OptimizerId, readonly (readonly [Experiment['reduction'], learningRate: number])[]>
> = {
  adam: [
    ['mean', 0.0015],
    ['sum', 0.0015],
  ],
  adamw: [
    ['mean', 0.0015],
    ['sum', 0.0015],
  ],
  lion: [
    ['mean', 0.0002],
    ['sum', 0.0002],
  ],
  // Faster, and other roundings of the same batches end elsewhere. Summed label losses are as many times larger as there
  // are units: at the mean's rate they diverge.
  momentum: [
    ['mean', 0.02],
    ['sum', 0.003],
  ],
  sgd: [['mean', 0.1]],
};

/** Settings drawn from a seed, so that they are the same in every run; every optimizer and activation is among them. */
const SAMPLE = Array.from({ length: 6 }, (_, index) => {
  const random = Random.for(29, 'settings', index);
  const one = <T>(...choices: readonly T[]): T => choices[random.below(choices.length)];
  const optimizer = OPTIMIZER_IDS[index % OPTIMIZER_IDS.length];
  const activation = (['relu', 'leaky-relu', 'tanh', 'sigmoid'] as const)[index % 4];
  const [reduction, learningRate] = one(...LEARNING[optimizer]);
  const link = [
    // Three layers of sigmoids and more learn nothing in so few steps.
    ...(activation === 'sigmoid'
      ? ['layers=96,64', 'cuts=1']
      : [`layers=${one('64,40,48', '64x4', '64,96,32,40')}`, `cuts=${one('1', '2', '1,2', '2,3')}`]),
    `activation=${activation}`,
    `optimizer=${optimizer}`,
    `rate=${learningRate}`,
    `reduction=${reduction}`,
    // Without it AdamW is Adam; where there is none the file must not mind it.
    `decay=${Math.max(one(0, 0.1), OPTIMIZERS[optimizer].decays ? 0.1 : 0)}`,
    `schedule=${one('cosine', 'constant')}`,
    `batch=${one(50, 64, 80)}`,
    `epochs=${one(2, 3)}`,
    `code=${one('gaussian', 'sign', 'orthogonal', 'simplex', 'sparse', 'uniform', 'one-hot', 'relu-gaussian')}`,
    `boundary=${one('auto', 'linear', 'relu')}`,
    `mix=${one('pure', 'mixtures')}`,
    `noise=${one(0, 0.5)}`,
    `label-steps=${one(0, 40)}`,
    `recovery=${one(0, 1)}`,
    `micro=${one(1, 3, 4)}`,
    `pipeline=${one('gpipe', '1f1b')}`,
    `seed=${random.below(1000)}`,
  ].join('&');
  return { link, strategies: ['conventional', 'sil', one('pipeline', 'data')] as StrategyId[] };
});

describe('as many images of every class', () => {
  it('are chosen as the lab chooses them', () =>
    compare('layers=48x3&cuts=2&epochs=3', ['conventional', 'sil'], { evenClasses: true }));
});

describe('uneven classes', () => {
  // The first images of the real files are uneven: MNIST's classes by a fifth, those of the EMNIST sample by far.
  it.each(['sampling', 'weights'])('are balanced as the lab does, by %s', (balance) =>
    compare(
      `layers=48x3&cuts=1,2&epochs=2&recovery=1&batch=200&balance=${balance}`,
      ['sil', 'pipeline', 'local'],
      {
        lossAllowed: 5e-4,
      },
    ),
  );
});

describe('layer normalisation', () => {
  it('trains alike, with cuts before and behind it', () =>
    compare('layers=48,ln,40,ln,32&cuts=1,4&epochs=2&recovery=1', ['conventional', 'sil', 'fsdp'], {
      lossAllowed: 5e-4,
    }));
});

describe('classes learnt beside labels', () => {
  it.each(['mean', 'sum'])('trains alike: %s', (reduction) =>
    compare(`layers=48,40,32&cuts=1,2&code=sparse&hybrid=0.3&reduction=${reduction}&epochs=2`, ['sil']),
  );
});

describe('features at the first cut', () => {
  it('are learnt alike, and learnt from alike', () =>
    compare('layers=48,40,32&cuts=1,2&targets=auto&hybrid=0.3&code=sparse&epochs=2', ['sil']));

  it.each(['auto', 'codes'])('or from a copy of the first partition that learns %s', (targets) =>
    compare(`layers=48,40,32&cuts=1,2&targets=${targets}&copy=30&hybrid=0.3&code=sparse&epochs=2`, ['sil']),
  );
});

describe('labels that carry the image', () => {
  const link = 'layers=48,40,32&cuts=1,2&noise=0.3&epochs=2';
  it.each([
    'carry=0.7&swap=0.6&balance=weights&batch=200',
    'carry=0.5&code=sparse&targets=auto&reduction=sum',
    'carry=1&copy=30',
  ])('are learnt alike, and learnt from alike: %s', (settings) => compare(`${link}&${settings}`, ['sil']));
});

describe('settings drawn from a seed', () => {
  // Few steps at these rates: at most 8e-5 was seen.
  it.each(SAMPLE)('$link: $strategies', ({ link, strategies }) =>
    compare(link, strategies, { lossAllowed: 5e-4 }),
  );
});
