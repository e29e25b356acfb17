import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { denseNetwork } from '../network/spec.ts';
import { writeMetadata } from './metadata.ts';

it('has the names that the README lists, and no others', () => {
  const layers = denseNetwork(4, [3], 2, 'relu');
  const about = {
    experiment: '#layers=3',
    learningRateChanges: [{ step: 5, learningRate: 0.1 }],
    initialWeights: 'mine.safetensors',
    strategy: 'sil',
    firstLayer: 0,
    layers,
    pixels: { mean: 0.5, std: 0.25, standardisation: 'before' as const },
    classes: ['a', 'b'],
  };
  const written = Object.keys(writeMetadata(about, ['0', '2']));
  const list = /A saved file says how to feed it[^]*?\n\n/.exec(readFileSync('README.md', 'utf8'))![0];
  const metadata = list.slice(list.indexOf(':'));
  // In parentheses stand values and remarks.
  const named = [...metadata.replace(/\([^)]*\)/g, '').matchAll(/`(\w+)`/g)].map(([, name]) => name);
  expect(named.sort()).toEqual(written.sort());
});
