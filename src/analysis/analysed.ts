/**
 * A trained network held apart from its training, so that it can be asked: what does it say of these images, what
 * happens at its cuts, how large are its weights and gradients. One engine stage per layer, on a worker of its own.
 */
import type { Engine, Stage } from '../engines/contract.ts';
import { type NetworkSpec } from '../network/spec.ts';
import { ACTIVATION_FUNCTIONS } from '../network/activations.ts';
import { activationOf, inputSize, layerParameters, outputSize } from '../network/layers/layers.ts';
import { nearestRow, softmaxCrossEntropy, squaredDistanceToLabels } from '../network/reference.ts';

/** Label vectors at a cut, `[classes, width]`, after hidden layer `after` (counted from 1). */
export interface CutLabels {
  readonly after: number;
  readonly width: number;
  readonly values: Float32Array;
}

export interface NetworkToAnalyse {
  /** The run it is of. Another run's is another network, however much they are alike. */
  readonly run: number;
  readonly layers: NetworkSpec;
  /** Flat, as `network/spec.ts` lays them out. */
  readonly parameters: Float32Array;
  readonly classes: number;
  /** `byte · scale + shift` is the network's input. */
  readonly scale: number;
  readonly shift: number;
  /** Empty where the network was not trained on labels: gradients then are those of the whole network. */
  readonly labels: readonly CutLabels[];
}

export interface LayerStats {
  /** Euclidean norm of all weights and biases. */
  readonly weights: number;
  /** Norm of the gradient of what this layer learns from: its partition's own loss, or the network's. */
  readonly gradient: number;
  /** Norm of what changed since the parameters before. Null at first. */
  readonly change: number | null;
  /** Share of units that answer 0 to every image asked about; null where none can. */
  readonly dead: number | null;
}

/** Images a stage takes at once. */
const CHUNK = 128;

export class AnalysedNetwork {
  about: NetworkToAnalyse;
  private readonly stages: readonly Stage[];
  private changes: readonly (number | null)[];

  private constructor(about: NetworkToAnalyse, stages: readonly Stage[]) {
    this.about = about;
    this.stages = stages;
    this.changes = stages.map(() => null);
  }

  static async build(engine: Engine, about: NetworkToAnalyse): Promise<AnalysedNetwork> {
    const parts = split(about);
    const stages = await Promise.all(
      about.layers.map((layer, index) =>
        engine.stage({
          layers: [layer],
          parameters: parts[index],
          batch: CHUNK,
          optimizer: 'sgd',
          decay: 0,
          source: { kind: 'activations', width: inputSize([layer]) },
          objective: null,
          training: 'exchange',
        }),
      ),
    );
    return new AnalysedNetwork(about, stages);
  }

  /** The same network a little later. */
  async update(parameters: Float32Array): Promise<void> {
    const before = split(this.about);
    const after = split({ ...this.about, parameters });
    this.changes = after.map((values, index) => {
      let sum = 0;
      for (let i = 0; i < values.length; i++) sum += (values[i] - before[index][i]) ** 2;
      return Math.sqrt(sum);
    });
    this.about = { ...this.about, parameters };
    await Promise.all(this.stages.map((stage, index) => stage.writeParameters(after[index])));
  }

  /**
   * Outputs of chosen layers, `[count, outputs]` each; the last layer's are logits.
   * @param images Bytes, `[count, pixels]`.
   */
  async outputs(images: Uint8Array, layers: readonly number[]): Promise<Float32Array[]> {
    const inputs = inputSize(this.about.layers);
    const count = images.length / inputs;
    const found = layers.map((layer) => new Float32Array(count * outputSize([this.about.layers[layer]])));
    for (let from = 0; from < count; from += CHUNK) {
      const size = Math.min(CHUNK, count - from);
      let values = this.standardised(images.subarray(from * inputs, (from + size) * inputs));
      for (const [index, stage] of this.stages.entries()) {
        const { output } = await stage.infer({ kind: 'activations', count: size, values }, { output: true });
        values = output!;
        const at = layers.indexOf(index);
        if (at >= 0) found[at].set(values, from * outputSize([this.about.layers[index]]));
      }
    }
    return found;
  }

  /** Norms and dead units, from at most `CHUNK` images and their classes. */
  async layerStats(images: Uint8Array, classes: Uint8Array): Promise<LayerStats[]> {
    const { layers } = this.about;
    const count = Math.min(CHUNK, classes.length);
    const targets = classes.subarray(0, count);
    let values = this.standardised(images.subarray(0, count * inputSize(layers)));
    const outputs: Float32Array[] = [];
    for (const [index, stage] of this.stages.entries()) {
      const own = this.about.labels.find(({ after }) => after === index);
      // A later partition of SIL learns from label vectors, not from what the one before it answers.
      if (own) values = rowsOf(own, targets);
      const { output } = await stage.forward(0, { kind: 'activations', count, values });
      values = output!;
      outputs.push(values);
    }
    const gradients = await this.gradients(outputs, targets);
    return layers.map((layer, index) => ({
      weights: norm(split(this.about)[index]),
      gradient: gradients[index],
      change: this.changes[index],
      dead: ACTIVATION_FUNCTIONS[activationOf(layer)].dies
        ? deadShare(outputs[index], outputSize([layer]))
        : null,
    }));
  }

  private async gradients(outputs: readonly Float32Array[], targets: Uint8Array): Promise<number[]> {
    const { classes, labels } = this.about;
    const count = targets.length;
    const norms: number[] = [];
    let gradient: Float32Array = new Float32Array(0);
    for (let index = this.stages.length - 1; index >= 0; index--) {
      const own = labels.find(({ after }) => after === index + 1);
      if (index === this.stages.length - 1)
        gradient = Float32Array.from(softmaxCrossEntropy(outputs[index], targets, classes, count).gradient);
      else if (own)
        gradient = Float32Array.from(
          squaredDistanceToLabels(outputs[index], targets, own.values, own.width, 1 / own.width, count)
            .gradient,
        );
      const stage = this.stages[index];
      const back = await stage.backward(0, { gradient, divisor: count });
      norms.unshift(norm(await stage.readGradients()));
      await stage.optimizerStep(0);
      if (back) gradient = back;
    }
    return norms;
  }

  /** Per cut: which class's vector an answer lies nearest to, and how far it is in multiples of the labels' rms. */
  nearest(answers: Float32Array, labels: CutLabels): { readonly label: number; readonly distance: number } {
    const { values, width } = labels;
    const label = nearestRow(answers, values, values.length / width);
    let distance = 0;
    for (let i = 0; i < width; i++) distance += (answers[i] - values[label * width + i]) ** 2;
    const rms = norm(values) / Math.sqrt(values.length);
    return { label, distance: Math.sqrt(distance / width) / (rms || 1) };
  }

  private standardised(bytes: Uint8Array): Float32Array {
    const { scale, shift } = this.about;
    return Float32Array.from(bytes, (byte) => byte * scale + shift);
  }

  dispose(): void {
    for (const stage of this.stages) stage.dispose();
  }
}

function split({ layers, parameters }: Pick<NetworkToAnalyse, 'layers' | 'parameters'>): Float32Array[] {
  let offset = 0;
  return layers.map((layer) => parameters.subarray(offset, (offset += layerParameters(layer))));
}

function rowsOf({ values, width }: CutLabels, classes: Uint8Array): Float32Array {
  const rows = new Float32Array(classes.length * width);
  classes.forEach((label, n) => rows.set(values.subarray(label * width, (label + 1) * width), n * width));
  return rows;
}

const norm = (values: Float32Array): number => {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum);
};

/** Share of the units that are 0 in every row. */
function deadShare(outputs: Float32Array, units: number): number {
  let dead = 0;
  for (let unit = 0; unit < units; unit++) {
    let alive = false;
    for (let at = unit; at < outputs.length && !alive; at += units) alive = outputs[at] !== 0;
    if (!alive) dead++;
  }
  return dead / units;
}
