/** A network as a TensorFlow.js LayersModel: a JSON file that says what it is, and a file of weights. */
import { ACTIVATION_FUNCTIONS } from '../network/activations.ts';
import { type LayerSpec, unflattenParameters } from '../network/layers/layers.ts';

export interface LayersModelFiles {
  readonly json: string;
  readonly weights: Uint8Array<ArrayBuffer>;
}

const bare = (className: string, config: object) => ({ class_name: className, config });

/**
 * `tf.loadLayersModel` reads it. The input is `[batch, pixels]`, standardised as `metadata` says; the output is logits.
 *
 * @param weightsName Name of the file of weights, beside the JSON file.
 */
export function writeLayersModel(
  layers: readonly LayerSpec[],
  parameters: Float32Array,
  weightsName: string,
  metadata: Readonly<Record<string, string>>,
): LayersModelFiles {
  const views = unflattenParameters(layers, parameters);
  const topology = layers.flatMap(({ inputs, outputs, activation }, index) => {
    const { keras } = ACTIVATION_FUNCTIONS[activation];
    const dense = bare('Dense', {
      name: `dense_${index + 1}`,
      units: outputs,
      activation: keras.activation,
      use_bias: true,
      ...(index === 0 ? { batch_input_shape: [null, inputs] } : {}),
    });
    if (!keras.layer) return [dense];
    const { className, config } = keras.layer;
    return [dense, bare(className, { name: `activation_${index + 1}`, ...config })];
  });
  const model = {
    format: 'layers-model',
    generatedBy: 'Piecewise',
    convertedBy: null,
    userDefinedMetadata: metadata,
    modelTopology: bare('Sequential', { name: 'piecewise', layers: topology }),
    weightsManifest: [
      {
        paths: [weightsName],
        weights: layers.flatMap(({ inputs, outputs }, index) => [
          { name: `dense_${index + 1}/kernel`, shape: [inputs, outputs], dtype: 'float32' },
          { name: `dense_${index + 1}/bias`, shape: [outputs], dtype: 'float32' },
        ]),
      },
    ],
  };
  const flat = new Float32Array(parameters.length);
  let at = 0;
  for (const { weights, bias } of views) {
    for (const part of [weights, bias]) {
      flat.set(part, at);
      at += part.length;
    }
  }
  return { json: JSON.stringify(model), weights: new Uint8Array(flat.buffer) };
}
