import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { createReferenceEngine } from '../engines/reference/index.ts';
import { initialParameters } from '../network/initialise.ts';
import { ACTIVATIONS, denseNetwork } from '../network/spec.ts';
import { writeLayersModel } from './layers-model.ts';

describe('a TensorFlow.js LayersModel', () => {
  it.each(ACTIVATIONS)('answers as the network does: %s', async (activation) => {
    const layers = denseNetwork(5, [7, 'ln', 6], 3, activation);
    const parameters = initialParameters(layers, 2);
    const { json, weights } = writeLayersModel(layers, parameters, 'weights.bin', { experiment: 'seed=2' });
    const { modelTopology, weightsManifest, userDefinedMetadata } = JSON.parse(json);
    const model = await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest[0].weights,
        weightData: weights.buffer,
        userDefinedMetadata,
      }),
    );
    const values = Float32Array.from({ length: 10 }, (_, i) => Math.sin(i));
    const found = await (model.predict(tf.tensor2d(values, [2, 5])) as tf.Tensor).data();
    const stage = await createReferenceEngine().stage({
      layers,
      parameters,
      batch: 2,
      optimizer: 'sgd',
      decay: 0,
      source: { kind: 'activations', shape: [5] },
      objective: null,
      training: 'exchange',
    });
    const { output } = await stage.infer({ kind: 'activations', count: 2, values }, { output: true });
    // Float32 against doubles, three layers deep.
    output!.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 5));
    model.dispose();
  });
});
