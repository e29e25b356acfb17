import { expect, it } from 'vitest';
import { kindsOf } from './kinds.ts';

it('files dropped together go where each belongs', () => {
  const names = [
    'a.json',
    'B.JSON',
    'w.safetensors',
    'model.PTH',
    'piecewise-sil.weights.bin',
    'train-images-idx3-ubyte.gz',
    'gzip.zip',
    'plain',
  ];
  const { runs, weights, data } = kindsOf(names.map((name) => ({ name })));
  expect(runs.map(({ name }) => name)).toEqual(['a.json', 'B.JSON']);
  expect(weights.map(({ name }) => name)).toEqual([
    'w.safetensors',
    'model.PTH',
    'piecewise-sil.weights.bin',
  ]);
  expect(data.map(({ name }) => name)).toEqual(['train-images-idx3-ubyte.gz', 'gzip.zip', 'plain']);
});
