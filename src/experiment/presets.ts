/** Experiments worth starting from. Each says what to watch. */
import type { Experiment } from './experiment.ts';
import { normalise } from './repair.ts';
import { STRATEGY_IDS } from './strategies.ts';
import { DEFAULTS } from './table.ts';

export interface Preset {
  readonly id: string;
  readonly label: string;
  /** One sentence. */
  readonly watch: string;
  /** What differs from the defaults. */
  readonly settings: Partial<Omit<Experiment, 'data' | 'seed' | 'engine'>>;
}

/** Labels that serve every cut: features where a single layer comes first, sparse labels learnt as classes, too, else. */
const ANYWHERE = {
  targets: 'auto',
  hybrid: 0.3,
  code: ['sparse'],
  mix: 'mixtures',
  noise: 0.5,
} as const;

const LIST = [
  {
    id: 'three',
    label: 'Three parts',
    watch:
      'Three devices, and three strategies: alone, in a pipeline that sends all the time, and with SIL, which sends nothing.',
    settings: {
      strategies: ['conventional', 'sil', 'pipeline'],
      layers: [256, 256, 256, 256, 256],
      cuts: [2, 4],
      epochs: 2,
      turn: 60,
      test: 2000,
      ...ANYWHERE,
    },
  },
  {
    id: 'paper',
    label: 'The paper',
    watch: 'Two partitions that never talk end up about where conventional training does.',
    settings: {},
  },
  {
    id: 'published',
    label: 'As published',
    watch:
      'Labels uniform in [0, 1) × κ (their scale) and pure labels for the right part, then joined; recovery epochs are yours to add, and widths, rates and epochs are ours.',
    settings: { code: ['uniform'], scale: [1], boundary: 'linear', mix: 'pure', noise: 0 },
  },
  {
    id: 'uneven',
    label: 'Uneven classes',
    watch:
      'Where some classes have few images, SIL loses those first; here every class is drawn as often, and with the balance of classes at none you see what that is worth.',
    settings: { balance: 'sampling' },
  },
  {
    id: 'best',
    label: 'Best of labels alone',
    watch:
      'Sparse labels, with later partitions trained on noisy mixtures, lose the least that label vectors alone can; after a single layer that is still much.',
    settings: { code: ['sparse'], mix: 'mixtures', noise: 0.5 },
  },
  {
    id: 'anywhere',
    label: 'Cut anywhere',
    watch:
      'Features stand at a cut after a single layer, and distances to labels are learnt as classes, too: move the cut, or make more, and little is lost.',
    settings: { cuts: [1], ...ANYWHERE },
  },
  {
    id: 'carried',
    label: 'Labels that carry',
    watch:
      'Most of a label is the image, so that the layers behind an early cut do the work themselves: see under “Inside SIL” how little the first part reaches alone.',
    settings: { cuts: [1], carry: 0.9, swap: 0.9, noise: 0.3 },
  },
  {
    id: 'work',
    label: 'Who does the work?',
    watch:
      'SIL beside a front that stays random: under “Inside SIL”, what the first part and the layers behind it reach alone.',
    settings: { strategies: ['conventional', 'sil', 'frozen'], cuts: [2] },
  },
  {
    id: 'early',
    label: 'Cut too early',
    watch:
      'A single layer before the cut cannot learn its labels, and no later partition can make up for that.',
    settings: { cuts: [1] },
  },
  {
    id: 'six',
    label: 'Six parts',
    watch:
      'Six devices of a layer each: features stand at the first cut, since one layer cannot learn labels, and without them (under “Synthetic labels”) you see what they are worth.',
    settings: { cuts: [1, 2, 3, 4, 5], ...ANYWHERE },
  },
  {
    id: 'sparse',
    label: 'Sparse codes',
    watch:
      'Labels of a few ones among zeros are learned by two layers where Gaussian ones are not: watch the distance to the labels.',
    settings: { cuts: [2], code: ['sparse'] },
  },
  {
    id: 'pipeline',
    label: 'Pipeline bubbles',
    watch:
      'In the lanes, every gap is a device that waits for another; more micro-batches make gaps smaller, and SIL has none.',
    settings: {
      strategies: ['sil', 'pipeline', 'model'],
      cuts: [1, 2, 4],
      microBatches: 8,
      pipeline: 'gpipe',
      epochs: 2,
    },
  },
  {
    id: 'wide',
    label: 'Memory: a wide network',
    watch:
      'Where layers are wide and alike, two partitions halve what a device must hold: compare the memory bars.',
    settings: { layers: [1024, 1024, 1024, 1024, 1024], epochs: 2, turn: 50 },
  },
  {
    id: 'every',
    label: 'Every strategy',
    watch: 'Every strategy trains the same network: see the lanes, and what each of them sends and holds.',
    settings: {
      strategies: STRATEGY_IDS,
      layers: [128, 128, 128, 128, 128],
      cuts: [2, 4],
      epochs: 2,
    },
  },
  {
    id: 'tiny',
    label: 'Tiny, for a phone',
    watch: 'Narrow layers train in seconds, and labels of 64 numbers are still long enough.',
    settings: { layers: [64, 64, 64, 64], epochs: 3, turn: 200, test: 1000 },
  },
] as const satisfies readonly Preset[];
export type PresetId = (typeof LIST)[number]['id'];

export const PRESETS: readonly Preset[] = LIST;

export const presetOf = (id: PresetId): Preset => PRESETS.find((preset) => preset.id === id)!;

/** The preset's experiment on the same data, seed and engine. */
export function applyPreset(preset: Preset, { data, seed, engine }: Experiment = DEFAULTS): Experiment {
  return normalise({ ...DEFAULTS, ...preset.settings, data, seed, engine });
}

/** What the page opens on where no link says otherwise: small enough to train within a minute on two cores. */
export const newcomers = (): Experiment => applyPreset(presetOf('three'));
