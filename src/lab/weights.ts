/** `--weights` and `--layer-order`: weights of a file to begin with, in place of the seed's. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Dataset } from '../data/dataset.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { plan } from '../experiment/plan.ts';
import { placeWeights, type PlacedWeights } from '../session/given-weights.ts';
import { readWeights } from '../session/read-weights.ts';
import type { BegunWith } from '../session/study/results.ts';
import { labText as text } from './words.ts';

/** Places weights in the network of an experiment on its data. */
export type Placing = (experiment: Experiment, dataset: Dataset) => PlacedWeights;

/** @throws Error with a sentence for a file that cannot be read. */
export async function placingOf(file: string, order: readonly string[] | null): Promise<Placing> {
  const bytes = await readFile(file).catch(() => {
    throw new Error(text.noWeights(file));
  });
  const refused = (error: unknown) =>
    new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  const read = await readWeights(new Blob([bytes])).catch((error: unknown) => {
    throw refused(error);
  });
  return (experiment, dataset) => {
    const shape = { pixels: dataset.pixels, classes: dataset.classes, trainCount: dataset.train.count };
    const destination = {
      plan: plan(experiment, shape),
      strategies: experiment.strategies,
      standardisation: dataset,
    };
    let placed: PlacedWeights;
    try {
      placed = placeWeights(file, read, destination, order ? { order } : {});
    } catch (error) {
      throw refused(error);
    }
    // Nobody looks on: a guess would train for hours.
    if (placed.settledBy === null) {
      throw new Error(text.orderOpen(file, placed.order.map(({ name }) => name).join(',')));
    }
    if (!placed.placeSettled) throw new Error(`${file}: ${placed.remarks.at(-1)} ${text.placeOpen}`);
    return placed;
  };
}

export const begunWith = ({ name, given, order }: PlacedWeights): BegunWith => ({
  file: name,
  digest: digestOf(given.parameters),
  firstLayer: given.firstLayer,
  layerOrder: order.map((layer) => layer.name),
});

/** What tells given weights from others, for runs that are kept. */
export const weightsKey = ({ given: { firstLayer, parameters } }: PlacedWeights): string =>
  ` weights ${firstLayer} ${digestOf(parameters)}`;

const digestOf = ({ buffer, byteOffset, byteLength }: Float32Array): string =>
  createHash('sha256')
    .update(new Uint8Array(buffer, byteOffset, byteLength))
    .digest('hex');
