/** Stages with heads in plain loops and double precision: what their strategies are held against. For tests. */
import type { Experiment } from '../../experiment/experiment.ts';
import type { Plan } from '../../experiment/plan.ts';
import { epochOrder, stepsPerEpoch } from '../../experiment/schedule.ts';
import { initialParameters } from '../../network/initialise.ts';
import type { Numbers } from '../../network/layers/layer.ts';
import {
  backwardLayer,
  countParameters,
  forwardLayer,
  unflattenParameters,
} from '../../network/layers/layers.ts';
import type { NetworkSpec } from '../../network/spec.ts';
import { softmaxCrossEntropy, updateParameters } from '../../network/reference.ts';
import type { TrainingData } from '../contract.ts';
import { headOf, headParameters } from './head.ts';

/** Layers that learn the classes, flat, with their moments; the first `body` of them belong to the network. */
export interface Part {
  readonly body: number;
  readonly layers: NetworkSpec;
  readonly flat: Float64Array<ArrayBuffer>;
  readonly moments: readonly Float64Array[];
}

const partOf = (body: NetworkSpec, head: NetworkSpec, flat: Float64Array<ArrayBuffer>): Part => ({
  body: body.length,
  layers: [...body, ...head],
  flat,
  moments: [flat.map(() => 0), flat.map(() => 0)],
});

/** Each stage with its head, as they begin. */
export function partsOf(
  { seed, initScale }: Experiment,
  { network, initScales, stages, classes }: Plan,
): Part[] {
  const all = initialParameters(network, seed, initScales);
  let at = 0;
  return stages.map(({ layers }, rank) => {
    const own = all.slice(at, (at += countParameters(layers)));
    if (rank === stages.length - 1) return partOf(layers, [], Float64Array.from(own));
    const head = headOf(layers, classes);
    const drawn = headParameters(head, { seed, stage: rank, initScale });
    return partOf(layers, head, Float64Array.of(...own, ...drawn));
  });
}

/** The parts' own layers as one network, new to its optimizer. */
export const joined = (parts: readonly Part[], network: NetworkSpec): Part =>
  partOf(
    network,
    [],
    Float64Array.from(
      parts.flatMap(({ body, layers, flat }) => [
        ...flat.subarray(0, countParameters(layers.slice(0, body))),
      ]),
    ),
  );

/** The images of a step of training, counted from the start. */
export function imagesAt({ seed, batch }: Experiment, { train }: TrainingData, step: number): Uint32Array {
  const each = stepsPerEpoch(train.count, batch);
  const first = (step % each) * batch;
  return epochOrder(seed, Math.floor(step / each), train.count).subarray(first, first + batch);
}

/** What the first layer takes of some training images. */
export function pixelsOf({ train, pixels, scale, shift }: TrainingData, images: Uint32Array): Numbers {
  const bytes = [...images].flatMap((image) => [
    ...train.images.subarray(image * pixels, (image + 1) * pixels),
  ]);
  return Float64Array.from(bytes, (byte) => byte * scale + shift);
}

/** What a part gives before its head: `[count, outputs]`. */
export const givenBy = (part: Part, x: Numbers, count: number): Numbers => passed(part, x, count)[part.body];

function passed({ layers, flat }: Part, x: Numbers, count: number): Numbers[] {
  const outputs = [x];
  unflattenParameters(layers, flat).forEach((parameters, index) =>
    outputs.push(forwardLayer(layers[index], parameters, outputs[index], count)),
  );
  return outputs;
}

/** One optimizer step. @param number Counted from 1. @returns The mean loss. */
export function learnByHand(
  part: Part,
  x: Numbers,
  targets: ArrayLike<number>,
  {
    optimizer,
    decay,
    learningRate,
    number,
  }: Pick<Experiment, 'optimizer' | 'decay' | 'learningRate'> & {
    readonly number: number;
  },
): number {
  const { layers, flat, moments } = part;
  const count = targets.length;
  const outputs = passed(part, x, count);
  const loss = softmaxCrossEntropy(
    outputs[layers.length],
    targets,
    outputs[layers.length].length / count,
    count,
  );
  let dy = loss.gradient;
  const gradients = new Float64Array(flat.length);
  const [parameters, found] = [flat, gradients].map((values) => unflattenParameters(layers, values));
  for (let index = layers.length - 1; index >= 0; index--) {
    const [input, output] = [outputs[index], outputs[index + 1]];
    const back = backwardLayer(layers[index], parameters[index], input, output, dy, count);
    for (const [name, values] of Object.entries(back.parameters)) found[index][name].set(values);
    dy = back.input as Float64Array<ArrayBuffer>;
  }
  updateParameters(optimizer, flat, gradients, moments, { learningRate, decay }, number);
  return loss.sum / count;
}
