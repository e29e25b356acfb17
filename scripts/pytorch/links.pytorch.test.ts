import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode, fragmentOf } from '../../src/experiment/link.ts';
import type { StrategyId } from '../../src/experiment/strategies.ts';
import { Random } from '../../src/network/random.ts';
import { OPTIMIZER_IDS, type OptimizerId } from '../../src/network/optimizers/registry.ts';
import { ALLOWED, rightOf, TEST, Workplace } from './testing.ts';

let place: Workplace;
beforeAll(async () => {
  place = await Workplace.open();
});
afterAll(() => place.close());

/** Model parallelism is a pipeline of one micro-batch; the file has no name of its own for it. */
const WAYS: readonly StrategyId[] = ['conventional', 'sil', 'pipeline', 'data', 'fsdp'];

async function compare(link: string, strategies: readonly StrategyId[], evenClasses = false): Promise<void> {
  const { experiment } = decode(link);
  const lab = await place.lab(`${link}&strategies=${strategies.join()}`, evenClasses);
  const file = await place.exported(link, ...(evenClasses ? ['--even-classes'] : []));
  const parts = experiment.cuts.length + 1;
  for (const way of strategies) {
    const processes = way === 'conventional' ? 1 : parts;
    const said = await place.run(file, '--strategy', way, '--processes', String(processes));
    const expected = Math.round(lab[way].accuracy.final[0] * TEST);
    const found = rightOf(said);
    console.log(`${way} on ${processes}: ${found}, the lab ${expected} of ${TEST}; ${link}`);
    expect(said.err).toBe('');
    expect(Math.abs(found - expected), `${way}, ${link}`).toBeLessThanOrEqual(ALLOWED);
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
    strategies: WAYS.filter((way) => strategies.includes(way)),
  };
});

describe('the README’s links, for one epoch', () => {
  it('are found', () => expect(LINKS.length).toBeGreaterThanOrEqual(8));
  it.each(LINKS)('$link: $strategies', ({ link, strategies }) => compare(link, strategies));
});

const RATES: Readonly<Record<OptimizerId, number>> = {
  adam: 0.002,
  adamw: 0.002,
  lion: 0.0002,
  momentum: 0.0003,
  sgd: 0.002,
};

/** Settings drawn from a seed, so that they are the same in every run. */
const SAMPLE = Array.from({ length: 6 }, (_, index) => {
  const random = Random.for(29, 'settings', index);
  const one = <T>(...choices: readonly T[]): T => choices[random.below(choices.length)];
  const optimizer = one(...OPTIMIZER_IDS);
  const link = [
    `layers=${one('40,24,32', '64x4', '32,48,16,24')}`,
    `cuts=${one('1', '2', '1,2', '2,3')}`,
    `activation=${one('relu', 'leaky-relu', 'tanh', 'sigmoid')}`,
    `optimizer=${optimizer}`,
    // Summed label losses are as many times larger as there are units: with more, SGD diverges.
    `rate=${RATES[optimizer]}`,
    `reduction=${optimizer === 'sgd' || optimizer === 'momentum' ? 'sum' : 'mean'}`,
    `decay=${one(0, 0.1)}`,
    `schedule=${one('cosine', 'constant')}`,
    `batch=${one(50, 64, 120)}`,
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
    compare('layers=48x3&cuts=2&epochs=3', ['conventional', 'sil'], true));
});

describe('settings drawn from a seed', () => {
  it.each(SAMPLE)('$link: $strategies', ({ link, strategies }) => compare(link, strategies));
});
