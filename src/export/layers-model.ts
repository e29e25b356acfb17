/** A network as a TensorFlow.js LayersModel: a JSON file that says what it is, and a file of weights. */
import { ACTIVATION_FUNCTIONS } from '../network/activations.ts';
import { LAYER_NORM_EPSILON } from '../network/layers/layer-norm/spec.ts';
import { inputShape, parametersOf, type LayerKind, type LayerSpec } from '../network/layers/layers.ts';
import type { SpecOf } from '../network/layers/registry.ts';

export interface LayersModelFiles {
  readonly json: string;
  readonly weights: Uint8Array<ArrayBuffer>;
}

const bare = (className: string, config: object) => ({ class_name: className, config });

/** What a kind of layer is called there. */
interface Written<Spec> {
  readonly name: string;
  /** Names of its parameters, in the order of its module. */
  readonly weights: readonly string[];
  /** @param place Counted from 1, @param first What only a model's first layer says. */
  layers(layer: Spec, name: string, place: number, first: object): object[];
}

const KINDS: { readonly [Kind in LayerKind]: Written<SpecOf<Kind>> } = {
  dense: {
    name: 'dense',
    weights: ['kernel', 'bias'],
    layers({ outputs, activation }, name, place, first) {
      const { keras } = ACTIVATION_FUNCTIONS[activation];
      const config = { name, units: outputs, activation: keras.activation, use_bias: true, ...first };
      const dense = bare('Dense', config);
      // Some are a layer of their own there.
      if (!keras.layer) return [dense];
      return [dense, bare(keras.layer.className, { name: `activation_${place}`, ...keras.layer.config })];
    },
  },
  'layer-norm': {
    name: 'layer_normalization',
    weights: ['gamma', 'beta'],
    layers: (_, name, __, first) => [
      bare('LayerNormalization', { name, axis: -1, epsilon: LAYER_NORM_EPSILON, ...first }),
    ],
  },
};

const writtenAs = (layer: LayerSpec) => KINDS[layer.kind] as Written<LayerSpec>;

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
  const names = layers.map((layer, index) => `${writtenAs(layer).name}_${index + 1}`);
  const topology = layers.flatMap((layer, index) => {
    const first = index === 0 ? { batch_input_shape: [null, ...inputShape(layers)] } : {};
    return writtenAs(layer).layers(layer, names[index], index + 1, first);
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
        weights: layers.flatMap((layer, index) =>
          parametersOf(layer).map(({ shape }, i) => ({
            name: `${names[index]}/${writtenAs(layer).weights[i]}`,
            shape,
            dtype: 'float32',
          })),
        ),
      },
    ],
  };
  return { json: JSON.stringify(model), weights: new Uint8Array(parameters.slice().buffer) };
}
