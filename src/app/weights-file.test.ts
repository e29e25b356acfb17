import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { readMetadata } from '../export/metadata.ts';
import { readSafetensors } from '../export/safetensors/read.ts';
import { includeStandardisation } from '../export/standardisation.ts';
import { initialParameters } from '../network/initialise.ts';
import { denseNetwork } from '../network/spec.ts';
import { countParameters, shapeOf } from '../network/layers/layers.ts';
import { layersModelFiles, weightsFile } from './weights-file.ts';

const network = denseNetwork(784, [8, 6], 3, 'tanh');
const parameters = initialParameters(network, 2);
const trained = {
  run: { fragment: 'data=mnist&layers=8,6', learningRateChanges: [], weights: null },
  strategy: 'sil' as const,
  network,
  parameters,
  data: { scale: 1 / (255 * 0.3081), shift: -0.1307 / 0.3081, characters: ['a', 'b', '"'] },
};

const numbers = (file: Uint8Array) => readSafetensors(file).layers.flatMap((layer) => [...layer.parameters]);

describe('a file of trained weights', () => {
  it('says where it comes from, how to feed it, and in which order its layers stand', () => {
    const { metadata } = readSafetensors(weightsFile(trained));
    expect(metadata).toMatchObject({
      experiment: '#data=mnist&layers=8,6',
      strategy: 'sil',
      firstLayer: '0',
      layerOrder: '["0","2","4"]',
      activations: '["tanh","tanh","linear"]',
      orientation: 'upright',
      standardisation: 'before',
      classes: '["a","b","\\""]',
    });
    expect(metadata.input).toMatch(/pixels from 0 to 1 .* of an upright image, row by row/);
    expect(Number(metadata.pixelMean)).toBeCloseTo(0.1307, 10);
    expect(Number(metadata.pixelStd)).toBeCloseTo(0.3081, 10);
    expect(readMetadata(metadata)).toMatchObject({
      firstLayer: 0,
      layerOrder: ['0', '2', '4'],
      activations: ['tanh', 'tanh', 'linear'],
      standardisation: 'before',
    });
    expect(numbers(weightsFile(trained))).toEqual([...parameters]);
  });

  it('says what no link holds: learning rates that were set on the way, and the weights it began with', () => {
    const learningRateChanges = [{ step: 25, learningRate: 0.01 }];
    const run = { ...trained.run, learningRateChanges, weights: 'mine.safetensors' };
    const { metadata } = readSafetensors(weightsFile({ ...trained, run }));
    expect(JSON.parse(metadata.learningRateChanges)).toEqual(learningRateChanges);
    expect(metadata.initialWeights).toBe('mine.safetensors');
    for (const key of ['learningRateChanges', 'initialWeights'])
      expect(readSafetensors(weightsFile(trained)).metadata).not.toHaveProperty(key);
  });

  it('says so where its first layer does the standardising', () => {
    const file = weightsFile({ ...trained, includeStandardisation: true });
    expect(readSafetensors(file).metadata.standardisation).toBe('included');
    expect(numbers(file)).toEqual([...includeStandardisation(parameters, shapeOf(network[0]), trained.data)]);
  });

  it('of inner layers speaks of no pixels, and of classes only where it answers', () => {
    const of = (firstLayer: number, count: number) =>
      readSafetensors(weightsFile({ ...trained, part: { firstLayer, count }, includeStandardisation: true }));
    const inner = of(1, 1);
    expect(inner.layers).toMatchObject([{ inputs: 8, outputs: 6 }]);
    const from = countParameters(network.slice(0, 1));
    expect([...inner.layers[0].parameters]).toEqual([...parameters.subarray(from, from + 54)]);
    expect(inner.metadata).toEqual({
      experiment: '#data=mnist&layers=8,6',
      strategy: 'sil',
      firstLayer: '1',
      layerOrder: '["0"]',
      activations: '["tanh"]',
      input: 'what layer 1 gives',
      output: 'what layer 2 gives',
    });
    expect(of(1, 2).metadata).toHaveProperty('classes');
    expect(of(0, 1).metadata).toMatchObject({ standardisation: 'included', output: 'what layer 1 gives' });
  });

  it('for TensorFlow.js says the same', async () => {
    const { json, weights } = layersModelFiles({ ...trained, includeStandardisation: true }, 'weights.bin');
    const { modelTopology, weightsManifest, userDefinedMetadata } = JSON.parse(json);
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest[0].weights,
        weightData: weights.buffer,
        userDefinedMetadata,
      }),
    );
    const { layerOrder: _, ...said } = readSafetensors(
      weightsFile({ ...trained, includeStandardisation: true }),
    ).metadata;
    expect((model as tf.LayersModel).getUserDefinedMetadata()).toEqual(said);
    model.dispose();
  });
});
