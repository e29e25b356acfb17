/** What the analysis worker answers. */
import type { Engine } from '../engines/contract.ts';
import { AnalysedNetwork, type LayerStats, type Nearest, type NetworkToAnalyse } from './analysed.ts';
import { rms } from '../labels/table.ts';
import { probabilities } from '../network/blocks.ts';
import { initialParameters, layOver, type SomeParameters } from '../network/initialise.ts';
import { sizesByClass } from './sizes.ts';
import { principalBasis, project, type Basis } from './principal.ts';

export type { LayerStats };

export interface TestImages {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly pixels: number;
}

export interface UntrainedNetwork extends Omit<NetworkToAnalyse, 'parameters'> {
  readonly seed: number;
  /** Factor on the initial weights by layer index. */
  readonly initScales: ReadonlyMap<number, number>;
  /** Weights from a file, for a run of consecutive layers. */
  readonly given: SomeParameters | null;
}

export interface Prediction {
  /** Probability per class. */
  readonly probabilities: Float32Array;
  /** What each hidden layer of the experiment's network answers, `[units]` each. */
  readonly answers: readonly Float32Array[];
  /** Per cut, the class whose label vector the answer lies nearest to; null where there are none. */
  readonly nearest: readonly (Nearest | null)[];
}

export interface CutPicture {
  /** Answers of the left part, `[count, 2]`, and their classes. */
  readonly points: Float32Array;
  readonly classes: Uint8Array;
  /** Which test image each is. */
  readonly images: Uint32Array;
  /** Label vectors, `[classes, 2]`; none where there are none. */
  readonly labels: Float32Array;
  /** Mean distance of an answer to its own label, in multiples of the labels' rms; null without labels. */
  readonly distance: number | null;
  /** Per class, the norm of answers over the norm of their label (`sizesByClass`); null without labels. */
  readonly sizes: readonly (number | null)[] | null;
}

export interface AnalysisMethods {
  /** Test images that later questions are about. Replaces earlier ones. */
  data(test: TestImages): void;
  /** A network by any name; the same name and run again is the same network later, until its parts are joined. */
  network(name: string, about: NetworkToAnalyse): Promise<void>;
  /** The same before any training: its initial weights are drawn here, off the page's thread. */
  untrained(name: string, about: UntrainedNetwork): Promise<void>;
  /** Frees a network; one that is not there is forgotten already. */
  forget(name: string): void;
  classify(name: string, image: Uint8Array): Promise<Prediction>;
  /** Predicted class of the first `count` test images. */
  predict(name: string, count: number): Promise<Uint8Array>;
  picture(name: string, cut: number, count: number): Promise<CutPicture>;
  layerStats(name: string): Promise<LayerStats[]>;
}

export function analysisMethods(engine: () => Promise<Engine>): AnalysisMethods {
  const networks = new Map<string, AnalysedNetwork>();
  /** By name and cut: directions stay as they are from one picture of a network to the next. */
  const bases = new Map<string, Map<number, Basis>>();
  let test: TestImages | null = null;
  const find = (name: string) => {
    const network = networks.get(name);
    if (!network) throw new Error(`No network named ${name} was handed over.`);
    return network;
  };
  const shown = () => {
    if (!test) throw new Error('No test images were handed over.');
    return test;
  };
  /** Evenly spaced test images. */
  const some = (count: number) => {
    const { images, labels, pixels } = shown();
    const size = Math.min(count, labels.length);
    const chosen = Uint32Array.from({ length: size }, (_, i) => Math.floor((i * labels.length) / size));
    const bytes = new Uint8Array(size * pixels);
    chosen.forEach((from, i) => bytes.set(images.subarray(from * pixels, (from + 1) * pixels), i * pixels));
    return { chosen, bytes, classes: Uint8Array.from(chosen, (from) => labels[from]) };
  };
  const forget = (name: string) => {
    networks.get(name)?.dispose();
    networks.delete(name);
    bases.delete(name);
  };
  const network = async (name: string, about: NetworkToAnalyse) => {
    const known = networks.get(name);
    if (known?.about.run === about.run && known.about.apart === about.apart)
      return known.update(about.parameters);
    forget(name);
    networks.set(name, await AnalysedNetwork.build(await engine(), about));
  };
  return {
    data(next) {
      test = next;
    },
    network,
    async untrained(name, { seed, initScales, given, ...about }) {
      const parameters = initialParameters(about.layers, seed, initScales);
      if (given) layOver(parameters, about.layers, given);
      await network(name, { ...about, parameters });
    },
    forget,
    async classify(name, image) {
      const network = find(name);
      const { labels, classes } = network.about;
      const found = await network.outputs(image, network.drawn);
      return {
        probabilities: probabilities(found[found.length - 1], classes),
        answers: found.slice(0, -1),
        nearest: labels.map((one) => network.nearest(found[one.after - 1], one)),
      };
    },
    async predict(name, count) {
      const network = find(name);
      const { images, labels, pixels } = shown();
      const size = Math.min(count, labels.length);
      const last = network.about.layers.length - 1;
      const [logits] = await network.outputs(images.subarray(0, size * pixels), [last]);
      return largest(logits, network.about.classes);
    },
    async picture(name, cut, count) {
      const network = find(name);
      const own = network.about.labels[cut];
      const { chosen, bytes, classes } = some(count);
      const [whole] = await network.outputs(bytes, [own.after - 1]);
      const width = own.values ? own.coded : own.width;
      const answers = firstColumns(whole, own.width, width);
      const table = own.values ?? new Float32Array(0);
      const all = new Float32Array(answers.length + table.length);
      all.set(answers);
      all.set(table, answers.length);
      const known = bases.get(name) ?? new Map<number, Basis>();
      bases.set(name, known);
      const basis = principalBasis(all, width, known.get(cut) ?? null);
      known.set(cut, basis);
      return {
        points: project(answers, basis),
        labels: project(table, basis),
        classes,
        images: chosen,
        distance: own.values && meanDistance(answers, classes, own.values, width),
        sizes: own.values && sizesByClass(answers, classes, own.values, width),
      };
    },
    async layerStats(name) {
      const { bytes, classes } = some(128);
      return find(name).layerStats(bytes, classes);
    },
  };
}

/** `[rows, width]` → `[rows, columns]` */
function firstColumns(rows: Float32Array, width: number, columns: number): Float32Array {
  if (columns === width) return rows;
  return Float32Array.from(
    { length: (rows.length / width) * columns },
    (_, at) => rows[Math.floor(at / columns) * width + (at % columns)],
  );
}

/** Index of the largest entry of each row. */
function largest(rows: Float32Array, width: number): Uint8Array {
  return Uint8Array.from({ length: rows.length / width }, (_, row) => {
    let best = 0;
    for (let i = 1; i < width; i++) if (rows[row * width + i] > rows[row * width + best]) best = i;
    return best;
  });
}

function meanDistance(
  answers: Float32Array,
  classes: Uint8Array,
  table: Float32Array,
  width: number,
): number {
  let total = 0;
  classes.forEach((label, n) => {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += (answers[n * width + i] - table[label * width + i]) ** 2;
    total += Math.sqrt(sum / width);
  });
  return total / classes.length / (rms({ values: table }) || 1);
}
