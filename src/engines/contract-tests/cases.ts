/** The networks, sizes and ends that every engine is tried with. */
import { OPTIMIZER_IDS, type OptimizerId } from '../../network/optimizers/registry.ts';
import { ACTIVATIONS, type Activation, type HiddenLayer } from '../../network/spec.ts';
import type { Aim, Feed } from './ends.ts';

export interface Case {
  readonly name: string;
  readonly widths: readonly HiddenLayer[];
  readonly batch: number;
  readonly samples: number;
  readonly activation?: Activation;
  readonly optimizer?: OptimizerId;
  /** Images without it. */
  readonly source?: Feed;
  /** Classes without it. */
  readonly objective?: Aim;
  /** Every class its own factor. */
  readonly weighted?: boolean;
}

export const CASES: readonly Case[] = [
  { name: 'one unit everywhere', widths: [1, 1, 2], batch: 1, samples: 3 },
  { name: 'odd widths, short last batch', widths: [7, 47, 13, 5], batch: 6, samples: 16 },
  { name: 'a wide odd layer', widths: [20, 513, 47], batch: 9, samples: 18 },
  { name: 'real image size', widths: [784, 32, 10], batch: 16, samples: 40 },
  { name: 'aligned widths', widths: [64, 64, 64, 16], batch: 32, samples: 64 },
  // Before, between and behind layers with an activation; odd widths, and more samples than fill a vector.
  {
    name: 'layer normalisation',
    widths: [13, 11, 'ln', 9, 'ln', 5],
    batch: 7,
    samples: 24,
    activation: 'relu',
  },
  { name: 'a wide layer normalisation', widths: [20, 512, 'ln', 47], batch: 12, samples: 24 },
  {
    name: 'normalised labels to labels of a normalised layer',
    widths: [12, 'ln', 17, 'ln', 9, 'ln', 9],
    batch: 6,
    samples: 18,
    optimizer: 'momentum',
    source: 'labels',
    objective: 'labels',
  },
  ...ACTIVATIONS.map((activation): Case => ({
    name: `${activation} activation`,
    widths: [10, 9, 8, 4],
    batch: 5,
    samples: 10,
    activation,
  })),
  ...OPTIMIZER_IDS.flatMap((optimizer) =>
    (['classes', 'labels', 'labels, summed', 'labels and classes'] as const).map((objective): Case => ({
      name: `${optimizer}, ${objective}`,
      widths: [12, 17, 7],
      batch: 4,
      samples: 20,
      optimizer,
      objective,
    })),
  ),
  {
    name: 'distances to wide labels and classes',
    widths: [12, 17, 135],
    batch: 7,
    samples: 24,
    activation: 'relu',
    source: 'noisy labels',
    objective: 'labels and classes',
  },
  {
    name: 'images to what fixed layers give',
    widths: [12, 17, 9],
    batch: 7,
    samples: 24,
    objective: 'fixed layers',
  },
  { name: 'fixed layers to classes', widths: [21, 12, 6], batch: 6, samples: 20, source: 'fixed layers' },
  {
    name: 'fixed layers to labels and classes',
    widths: [9, 'ln', 12, 11],
    batch: 8,
    samples: 20,
    source: 'fixed layers',
    objective: 'labels and classes',
  },
  {
    name: 'images to labels over fixed layers',
    widths: [12, 17, 9],
    batch: 7,
    samples: 24,
    objective: 'labels over layers',
  },
  {
    name: 'swapped labels over fixed layers to classes',
    widths: [21, 12, 6],
    batch: 6,
    samples: 20,
    source: 'swapped labels over layers',
  },
  {
    name: 'swapped labels over fixed layers to others',
    widths: [9, 12, 11],
    batch: 8,
    samples: 20,
    source: 'swapped labels over layers',
    objective: 'labels over layers',
    weighted: true,
  },
  {
    name: 'fixed layers to others',
    widths: [9, 12, 11],
    batch: 8,
    samples: 20,
    source: 'fixed layers',
    objective: 'fixed layers',
  },
  { name: 'label source to classes', widths: [16, 12, 6], batch: 8, samples: 20, source: 'labels' },
  {
    name: 'noisy label mixtures to labels',
    widths: [9, 12, 11],
    batch: 8,
    samples: 20,
    source: 'noisy labels',
    objective: 'labels',
  },
  ...(['classes', 'labels', 'labels, summed', 'labels and classes', 'labels over layers'] as const).map(
    (objective): Case => ({
      name: `weights of classes, ${objective}`,
      widths: [12, 17, 7],
      batch: 6,
      samples: 22,
      objective,
      weighted: true,
    }),
  ),
  {
    name: 'noisy label mixtures to classes',
    widths: [130, 12, 6],
    batch: 8,
    samples: 24,
    source: 'noisy labels',
  },
];

/** Those that can exchange, and can be asked about any image. */
export const FED_BY_IMAGES = CASES.filter(({ source = 'images' }) => source === 'images');

/** @throws Error where no case has that name. */
export function caseNamed(name: string): Case {
  const found = CASES.find((one) => one.name === name);
  if (!found) throw new Error(`Expected the name of a case, found ${JSON.stringify(name)}.`);
  return found;
}

/** One of no particular kind. */
export const ORDINARY = caseNamed('odd widths, short last batch');
