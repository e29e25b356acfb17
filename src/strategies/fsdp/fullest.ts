/** What a fully sharded device holds for a while, beside its shards, at the fullest moment of a step. */
import { countParameters, inputSize, type LayerSpec, outputSize } from '../../network/layers/layers.ts';

/** Numbers of 4 bytes, by what they are. */
export interface Moment {
  /** Of the layer at work, gathered. */
  readonly parameters: number;
  readonly gradients: number;
  /** Copies on their way: of parameters and their gradients between devices, of activations between layers. */
  readonly workspace: number;
}

/**
 * Found by going through a step. Of equal moments the first makes the high-water mark. What an engine pads is left out:
 * where another moment needs as much but for that, the mark may be made of that one, and is as high within the padding.
 *
 * @param samples Of the device's share of a batch.
 */
export function fullest(layers: readonly LayerSpec[], samples: number): Moment {
  const whole = layers.map((layer) => countParameters([layer]));
  const last = layers.length - 1;
  /** Images are there already, and nothing comes behind the last layer. */
  const input = (index: number) => (index === 0 ? 0 : samples * inputSize([layers[index]]));
  const output = (index: number) => (index === last ? 0 : samples * outputSize([layers[index]]));
  const forward = whole.flatMap((parameters, index) => {
    const ahead = whole[index + 1] ?? 0;
    return [
      { parameters, gradients: 0, workspace: parameters + ahead + input(index) },
      { parameters, gradients: 0, workspace: ahead + input(index) + output(index) },
    ];
  });
  const backward = whole.flatMap((parameters, index) => {
    const ahead = whole[index - 1] ?? 0;
    return [
      { parameters, gradients: parameters, workspace: parameters + ahead + input(index) },
      { parameters, gradients: parameters, workspace: ahead + output(index) + input(index) },
      { parameters, gradients: parameters, workspace: parameters + ahead + output(index) },
    ];
  });
  const size = ({ parameters, gradients, workspace }: Moment) => parameters + gradients + workspace;
  return [...forward, ...backward.toReversed()].reduce((most, one) => (size(one) > size(most) ? one : most));
}
