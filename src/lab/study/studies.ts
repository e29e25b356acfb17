/** The questions of the paper and those after it, and what to run for each. */
import type { DatasetId } from '../../experiment/datasets.ts';
import { STRATEGY_IDS, type StrategyId } from '../../experiment/strategies.ts';
import { LABEL_CODES } from '../../labels/codes.ts';

export interface Row {
  /** What is special about it, in a few words. */
  readonly name: string;
  /** Settings on top of the study's base, as in a link. */
  readonly settings: string;
}

/** What a study is written in: what holds today, or how each setting of plain labels behaves. */
export const PAGES = ['results', 'settings'] as const;
export type Page = (typeof PAGES)[number];

export interface Study {
  readonly id: string;
  readonly page: Page;
  readonly title: string;
  readonly asks: string;
  readonly rows: readonly Row[];
  /**
   * - `accuracy`: SIL's final accuracy beside conventional training's with the same settings
   * - `cost`: what every strategy of the row costs
   */
  readonly kind: 'accuracy' | 'cost';
  /** Controls that train for themselves, beside every row that they say something of. */
  readonly controls?: readonly StrategyId[];
  /** Where it asks about other data than the others; left out where that is not at hand. */
  readonly data?: DatasetId;
  /** Set where it asks about uneven classes: then they stay as they are. */
  readonly uneven?: true;
  /** Whether accuracy is drawn over bytes sent and over memory. */
  readonly tradeOffs?: boolean;
  /** Rows whose curves are drawn; all where left out. */
  readonly draw?: readonly string[];
}

/** Every study sets this: a whole epoch a turn, all test images. */
export const BASE = 'turn=0&test=0';

/** The best that label vectors alone come to; also a preset of the page. */
export const BEST = 'code=sparse&mix=mixtures&noise=0.5';

/** The recipe that serves every cut; also a preset of the page. */
export const ANYWHERE = `targets=auto&hybrid=0.3&${BEST}`;

/** For six layers: cuts that part them as evenly as they go. */
const EVEN_CUTS = ['3', '2,4', '1,3,4', '1,2,3,4', '1,2,3,4,5'];

export const STUDIES: readonly Study[] = [
  {
    id: 'anywhere',
    page: 'results',
    title: 'SIL at every cut, and who does the work',
    asks: 'One recipe for every cut: features where a single layer comes first, sparse labels and distances learnt as classes else. Does it keep up with conventional training, and do its parts add up?',
    kind: 'accuracy',
    controls: ['frozen', 'twin'],
    rows: [
      ...['1', '2', '3', '4', '5'].map((cut) => ({ name: `after layer ${cut}`, cuts: cut })),
      { name: 'three parts', cuts: '2,4' },
      { name: 'four parts', cuts: '1,3,4' },
      { name: 'six parts', cuts: '1,2,3,4,5' },
    ].map(({ name, cuts }) => ({ name, settings: `cuts=${cuts}&${ANYWHERE}` })),
    draw: ['after layer 1', 'after layer 3', 'six parts'],
  },
  {
    id: 'remedies',
    page: 'results',
    title: 'What helps six parts of a layer each',
    asks: 'From labels alone to the recipe, a remedy at a time.',
    kind: 'accuracy',
    rows: [
      { name: "the paper's labels", settings: 'cuts=1,2,3,4,5' },
      { name: 'sparse labels, noisy mixtures', settings: `cuts=1,2,3,4,5&${BEST}` },
      { name: 'and distances learnt as classes', settings: `cuts=1,2,3,4,5&hybrid=0.3&${BEST}` },
      { name: 'and features at the first cut: the recipe', settings: `cuts=1,2,3,4,5&${ANYWHERE}` },
      { name: 'and a copy of 300 steps', settings: `cuts=1,2,3,4,5&copy=300&${ANYWHERE}` },
    ],
  },
  {
    id: 'carried',
    page: 'results',
    title: 'Labels that carry the image',
    asks: 'A tenth of a cut is the class’s vector, the rest a projection of the image that the next part makes by itself; in nine of ten samples it is shown another class. Does it keep up, and who does the work?',
    kind: 'accuracy',
    rows: [
      ...[
        ['after layer 1', '1'],
        ['after layer 2', '2'],
        ['after layer 3', '3'],
        ['three parts', '2,4'],
      ].map(([name, cuts]) => ({ name, settings: `cuts=${cuts}&carry=0.9&swap=0.9&noise=0.3` })),
      { name: 'after layer 1, and no class at all', settings: 'cuts=1&carry=1&noise=0.3' },
    ],
    controls: ['frozen'],
    draw: ['after layer 1', 'after layer 3', 'three parts'],
  },
  {
    id: 'uneven',
    page: 'results',
    title: 'Uneven classes',
    asks: 'Some classes have few images, as in ByClass and ByMerge. What do balances win back, for both?',
    kind: 'accuracy',
    uneven: true,
    rows: [
      ['left uneven', 'none'],
      ['each class drawn as often', 'sampling'],
      ['rare classes weigh more', 'weights'],
    ].map(([name, balance]) => ({ name, settings: `cuts=3&balance=${balance}` })),
  },
  {
    id: 'letters',
    page: 'results',
    title: 'Held out: other characters',
    asks: 'Nothing of the recipe was chosen on these. Does it hold?',
    kind: 'accuracy',
    data: 'emnist-letters',
    rows: [
      { name: 'after layer 3', settings: `cuts=3&${ANYWHERE}` },
      { name: 'six parts', settings: `cuts=1,2,3,4,5&${ANYWHERE}` },
    ],
  },
  {
    id: 'neighbours',
    page: 'results',
    title: 'What accuracy takes: bytes and memory',
    asks: 'How much is sent, and held, by strategies that learn in parts: with no message, with one hand-off, with activations at every batch, and with gradients too?',
    kind: 'cost',
    rows: [
      ['three parts', '2,4'],
      ['six parts', '1,2,3,4,5'],
    ].map(([name, cuts]) => ({
      name,
      settings: `cuts=${cuts}&${ANYWHERE}&strategies=conventional,sil,handoff,local,denoising,model`,
    })),
    tradeOffs: true,
  },
  {
    id: 'claim',
    page: 'settings',
    title: 'Two partitions against conventional training',
    asks: 'Does the network in two parts, which never talk, come near the network in one?',
    kind: 'accuracy',
    rows: [
      { name: "the paper's labels, cut after layer 3", settings: 'cuts=3' },
      { name: 'the best recipe, cut after layer 3', settings: `cuts=3&${BEST}` },
    ],
  },
  {
    id: 'cuts',
    page: 'settings',
    title: 'Where the cut is',
    asks: 'How many layers must stand before a cut?',
    kind: 'accuracy',
    rows: ['1', '2', '3', '4', '5'].map((cut) => ({ name: `after layer ${cut}`, settings: `cuts=${cut}` })),
  },
  {
    id: 'partitions',
    page: 'settings',
    title: 'How many partitions',
    asks: 'What do three, four, five and six devices cost in accuracy, and does a good first cut help?',
    kind: 'accuracy',
    rows: [
      ...EVEN_CUTS.map((cuts, index) => ({ name: `${index + 2} even partitions`, settings: `cuts=${cuts}` })),
      { name: '3 partitions, first cut after layer 3', settings: 'cuts=3,4' },
      { name: '4 partitions, first cut after layer 3', settings: 'cuts=3,4,5' },
    ],
  },
  {
    id: 'recipes',
    page: 'settings',
    title: 'Better labels where plain ones lose most',
    asks: 'What do sparse labels, and later partitions that train on noisy mixtures of labels, win back?',
    kind: 'accuracy',
    rows: [
      ['after layer 1', 'cuts=1'],
      ['after layer 2', 'cuts=2'],
      ['six partitions', 'cuts=1,2,3,4,5'],
    ].flatMap(([where, cuts]) => [
      { name: `${where}, plain`, settings: cuts },
      { name: `${where}, mixtures and noise`, settings: `${cuts}&mix=mixtures&noise=0.5` },
      { name: `${where}, sparse labels`, settings: `${cuts}&code=sparse` },
      { name: `${where}, all of it: the best recipe`, settings: `${cuts}&${BEST}` },
    ]),
    draw: [],
  },
  {
    id: 'codes',
    page: 'settings',
    title: 'Label codes',
    asks: 'Does it matter how label vectors are drawn?',
    kind: 'accuracy',
    rows: LABEL_CODES.map((code) => ({ name: code, settings: `cuts=3&code=${code}` })),
    draw: [],
  },
  {
    id: 'scales',
    page: 'settings',
    title: 'Label scale',
    asks: 'How large should label vectors be?',
    kind: 'accuracy',
    rows: ['0.25', '0.5', '1', '2', '4'].map((scale) => ({
      name: `scale ${scale}`,
      settings: `cuts=3&scale=${scale}`,
    })),
    draw: [],
  },
  {
    id: 'kappa',
    page: 'settings',
    title: 'κ of labels as published',
    asks: 'Labels uniform in [0, 1) × κ: how large should κ be, and what do recovery epochs add? Widths, rates and epochs are ours.',
    kind: 'accuracy',
    rows: ['0.25', '0.5', '1', '2', '4', '8'].flatMap((kappa) =>
      ['0', '1'].map((recovery) => ({
        name: `κ ${kappa}${recovery === '0' ? '' : ', 1 recovery epoch'}`,
        settings: `cuts=3&code=uniform&boundary=linear&scale=${kappa}&recovery=${recovery}`,
      })),
    ),
    draw: [],
  },
  {
    id: 'recovery',
    page: 'settings',
    title: 'Recovery epochs',
    asks: 'What do epochs of conventional training after the join win, for SIL and for conventional training?',
    kind: 'accuracy',
    rows: ['1', '3'].flatMap((cut) =>
      ['0', '1', '2', '3'].map((epochs) => ({
        name: `after layer ${cut}, ${epochs} recovery epoch${epochs === '1' ? '' : 's'}`,
        settings: `cuts=${cut}&recovery=${epochs}`,
      })),
    ),
    draw: [],
  },
  {
    id: 'cost',
    page: 'settings',
    title: 'What each strategy costs, on two devices',
    asks: 'Memory, arithmetic and traffic of every strategy, over two epochs.',
    kind: 'cost',
    rows: [{ name: 'every strategy', settings: `cuts=3&epochs=2&strategies=${STRATEGY_IDS.join()}` }],
  },
  {
    id: 'wide',
    page: 'settings',
    title: 'What each strategy costs, on four devices and a wider network',
    asks: 'The same for five hidden layers of 1024 units, over one epoch.',
    kind: 'cost',
    rows: [
      {
        name: 'every strategy',
        settings: `layers=1024x5&cuts=1,3,4&epochs=1&strategies=${STRATEGY_IDS.join()}`,
      },
    ],
  },
];
