/**
 * A trained network held apart from its training, so that it can be asked: what does it say of these images, what
 * happens at its cuts, how large are its weights and gradients. An engine's stages answer, one for every part that learns by
 * itself, on a worker of its own.
 */
import type { Engine, Look, Objective, Stage } from '../engines/contract.ts';
import { labelObjective } from '../engines/ends.ts';
import { normsByLayer } from '../engines/norms.ts';
import { rms } from '../labels/table.ts';
import { blockInput, blockNoises, probabilities } from '../network/blocks.ts';
import { type NetworkSpec } from '../network/spec.ts';
import { ACTIVATION_FUNCTIONS } from '../network/activations.ts';
import {
  activationOf,
  countParameters,
  inputShape,
  inputSize,
  outputSize,
} from '../network/layers/layers.ts';
import { partition, type Partition } from '../network/partition.ts';
import { nearestRow, type LabelLoss } from '../network/reference.ts';

/** What is learnt at a cut after hidden layer `after` (counted from 1). */
export interface CutLabels {
  readonly after: number;
  /** Units there, and how many of them hold a label vector, from the first on. What others hold is not known here. */
  readonly width: number;
  readonly coded: number;
  /** Label vectors `[classes, coded]`; null where there are none. */
  readonly values: Float32Array | null;
  /** Whether the part behind them learns from them, or from what a copy of the one before it answers. */
  readonly behind: 'labels' | 'answers';
  /** What is minimised where they are learnt. */
  readonly loss: LabelLoss;
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
  /** Empty where the network was not trained on labels. */
  readonly labels: readonly CutLabels[];
  /** Whether each part between these labels learns from its own; else the whole network does, from its classes. */
  readonly apart: boolean;
  /**
   * Where it is a row of denoising blocks: after which layers they end, the last one's end left out. Each takes the image
   * and what the block before answers.
   */
  readonly blocks?: readonly number[] | undefined;
}

export interface Nearest {
  readonly label: number;
  /** In multiples of the labels' rms. */
  readonly distance: number;
}

export interface LayerStats {
  /** Euclidean norm of all weights and biases. */
  readonly weights: number;
  /** Norm of the gradient of what this layer learns from, its partition's own loss or the network's; null where unknown. */
  readonly gradient: number | null;
  /** Norm of what changed since the parameters before. Null at first. */
  readonly change: number | null;
  /** Share of units that answer 0 to every image asked about; null where none can. */
  readonly dead: number | null;
}

/** Images a stage takes at once. */
const CHUNK = 128;

/** A part that learns by itself. */
interface Part extends Partition {
  readonly stage: Stage;
  /** Of a denoising block: the noise it takes away. */
  readonly noise: number | null;
}

export class AnalysedNetwork {
  about: NetworkToAnalyse;
  private readonly parts: readonly Part[];
  private changes: readonly (number | null)[];

  private constructor(about: NetworkToAnalyse, parts: readonly Part[]) {
    this.about = about;
    this.parts = parts;
    this.changes = about.layers.map(() => null);
  }

  static async build(engine: Engine, about: NetworkToAnalyse): Promise<AnalysedNetwork> {
    const { layers, classes, labels, blocks } = about;
    const cuts = about.apart ? labels : [];
    const parts = partition(layers, blocks ?? cuts.map(({ after }) => after));
    const noises = blocks && blockNoises(parts.length);
    const stages = await Promise.all(
      parts.map((part) => {
        const own = cuts[part.rank];
        return engine.stage({
          layers: part.layers,
          parameters: parametersOf(part, about),
          batch: CHUNK,
          optimizer: 'sgd',
          decay: 0,
          source: { kind: 'activations', shape: inputShape(part.layers) },
          objective: objectiveAt(own, classes),
          training: 'exchange',
        });
      }),
    );
    return new AnalysedNetwork(
      about,
      parts.map((part, rank) => ({ ...part, stage: stages[rank], noise: noises?.[rank] ?? null })),
    );
  }

  /** The same network a little later. */
  async update(parameters: Float32Array): Promise<void> {
    const before = this.about.parameters;
    this.changes = normsByLayer(
      this.about.layers,
      parameters.map((value, i) => value - before[i]),
    );
    this.about = { ...this.about, parameters };
    await Promise.all(this.parts.map((part) => part.stage.writeParameters(parametersOf(part, this.about))));
  }

  /**
   * Outputs of chosen layers, `[count, outputs]` each; the last layer's are logits.
   * @param images Bytes, `[count, pixels]`.
   */
  async outputs(images: Uint8Array, layers: readonly number[]): Promise<Float32Array[]> {
    const { pixels } = this;
    const count = images.length / pixels;
    const found = layers.map((layer) => new Float32Array(count * outputSize([this.about.layers[layer]])));
    for (let from = 0; from < count; from += CHUNK) {
      const size = Math.min(CHUNK, count - from);
      const shown = images.subarray(from * pixels, (from + size) * pixels);
      let given: Float32Array | null = null;
      for (const part of this.parts) {
        const { stage, firstLayer, layers: own } = part;
        const values = this.taken(part, shown, given);
        const { outputs } = await stage.look({ kind: 'activations', count: size, values });
        layers.forEach((layer, at) => {
          const rows = outputs[layer - firstLayer];
          if (rows) found[at].set(rows, from * outputSize([this.about.layers[layer]]));
        });
        given = outputs[own.length - 1];
      }
    }
    return found;
  }

  /** Norms and dead units of each layer that is drawn, from at most `CHUNK` images and their classes. */
  async layerStats(images: Uint8Array, classes: Uint8Array): Promise<LayerStats[]> {
    const { layers, labels } = this.about;
    const count = Math.min(CHUNK, classes.length);
    const targets = classes.subarray(0, count);
    const shown = images.subarray(0, count * this.pixels);
    const looks: Look[] = [];
    for (const part of this.parts) {
      const { rank, stage } = part;
      const before = labels[rank - 1];
      // A later partition of SIL learns from label vectors, not from what the one before it gives; but from what is made of
      // images, or behind a copy, from about what the one before it answers.
      const values =
        before?.values && before.behind === 'labels'
          ? rowsOf(before.values, before.width, targets)
          : this.taken(part, shown, looks[rank - 1]?.outputs.at(-1) ?? null);
      const gradients = stage.spec.objective !== null;
      looks.push(await stage.look({ kind: 'activations', count, values, targets }, { gradients }));
    }
    const outputs = looks.flatMap((look) => look.outputs);
    const gradients = looks.flatMap(
      (look): readonly (number | null)[] => look.gradientNorms ?? look.outputs.map(() => null),
    );
    const weights = normsByLayer(layers, this.about.parameters);
    return this.drawn.map((index) => ({
      weights: weights[index],
      gradient: gradients[index],
      change: this.changes[index],
      dead: ACTIVATION_FUNCTIONS[activationOf(layers[index])].dies
        ? deadShare(outputs[index], outputSize([layers[index]]))
        : null,
    }));
  }

  /** Which class's vector an answer lies nearest to; null where there are none. */
  nearest(answers: Float32Array, labels: CutLabels): Nearest | null {
    const { values, coded } = labels;
    if (!values) return null;
    const label = nearestRow(answers.subarray(0, coded), values, values.length / coded);
    let distance = 0;
    for (let i = 0; i < coded; i++) distance += (answers[i] - values[label * coded + i]) ** 2;
    return { label, distance: Math.sqrt(distance / coded) / (rms({ values }) || 1) };
  }

  /** Indices of the layers that the experiment's network has, too: not those by which blocks before the last answer. */
  get drawn(): readonly number[] {
    const { layers, blocks = [] } = this.about;
    return [...layers.keys()].filter((layer) => !blocks.includes(layer + 1));
  }

  /** Numbers in an image. */
  private get pixels(): number {
    const { layers, classes, blocks } = this.about;
    return inputSize(layers) - (blocks ? classes : 0);
  }

  /** What a part takes of some images. @param given What the part before gives; none before the first. */
  private taken({ noise }: Part, images: Uint8Array, given: Float32Array | null): Float32Array {
    const { scale, shift, classes } = this.about;
    if (noise === null) return given ?? Float32Array.from(images, (byte) => byte * scale + shift);
    const { pixels } = this;
    const count = images.length / pixels;
    const z = given ? probabilities(given, classes) : new Float32Array(count * classes);
    const order = Array.from({ length: count }, (_, n) => n);
    return blockInput({ images, pixels, scale, shift }, order, z, noise);
  }

  dispose(): void {
    for (const { stage } of this.parts) stage.dispose();
  }
}

/** A part's own parameters. */
function parametersOf(
  { firstLayer, layers }: Partition,
  about: Pick<NetworkToAnalyse, 'layers' | 'parameters'>,
): Float32Array {
  const from = countParameters(about.layers.slice(0, firstLayer));
  return about.parameters.subarray(from, from + countParameters(layers));
}

/** What a part learns that ends at a cut, or at the network's end; null where labels are not all of it. */
function objectiveAt(cut: CutLabels | undefined, classes: number): Objective | null {
  if (!cut) return { kind: 'classes', classes };
  const { width, coded, values, loss } = cut;
  return values && coded === width ? labelObjective({ classes, width, values }, loss) : null;
}

function rowsOf(values: Float32Array, width: number, classes: Uint8Array): Float32Array {
  const rows = new Float32Array(classes.length * width);
  classes.forEach((label, n) => rows.set(values.subarray(label * width, (label + 1) * width), n * width));
  return rows;
}

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
