/** The questions of the paper, and what to run for each. */
import { LABEL_CODES } from '../../labels/codes.ts';
import { STRATEGY_IDS } from '../../experiment/strategies.ts';

export interface Row {
  /** What is special about it, in a few words. */
  readonly name: string;
  /** Settings on top of the study's base, as in a link. */
  readonly settings: string;
}

export interface Study {
  readonly id: string;
  readonly title: string;
  readonly asks: string;
  readonly rows: readonly Row[];
  /**
   * - `accuracy`: SIL's final accuracy beside conventional training's with the same settings
   * - `cost`: what every strategy of the row costs
   */
  readonly kind: 'accuracy' | 'cost';
  /** Whether accuracy is drawn over bytes sent and over memory. */
  readonly tradeOffs?: boolean;
  /** Rows whose curves are drawn; all where left out. */
  readonly draw?: readonly string[];
}

/** Every study sets this: a whole epoch a turn, all test images. */
export const BASE = 'turn=0&test=0';

/** The settings of the best recipe that sends nothing; also a preset of the page. */
export const BEST = 'code=sparse&mix=mixtures&noise=0.5';

/** For six layers: cuts that part them as evenly as they go. */
const EVEN_CUTS = ['3', '2,4', '1,3,4', '1,2,3,4', '1,2,3,4,5'];

export const STUDIES: readonly Study[] = [
  {
    id: 'claim',
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
    title: 'Where the cut is',
    asks: 'How many layers must stand before a cut?',
    kind: 'accuracy',
    rows: ['1', '2', '3', '4', '5'].map((cut) => ({ name: `after layer ${cut}`, settings: `cuts=${cut}` })),
  },
  {
    id: 'partitions',
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
    title: 'Label codes',
    asks: 'Does it matter how label vectors are drawn?',
    kind: 'accuracy',
    rows: LABEL_CODES.map((code) => ({ name: code, settings: `cuts=3&code=${code}` })),
    draw: [],
  },
  {
    id: 'scales',
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
    title: 'What each strategy costs, on two devices',
    asks: 'Memory, arithmetic and traffic of every strategy, over two epochs.',
    kind: 'cost',
    rows: [{ name: 'every strategy', settings: `cuts=3&epochs=2&strategies=${STRATEGY_IDS.join()}` }],
  },
  {
    id: 'neighbours',
    title: 'What accuracy takes: bytes and memory',
    asks: 'How much is sent, and held, by strategies that learn in parts: with no message, with one hand-off, with activations at every batch, and with gradients too?',
    kind: 'cost',
    rows: [
      ['after layer 3', '3'],
      ['after layer 1', '1'],
      ['six partitions', '1,2,3,4,5'],
    ].map(([name, cuts]) => ({
      name,
      settings: `cuts=${cuts}&strategies=conventional,sil,handoff,local,model`,
    })),
    tradeOffs: true,
  },
  {
    id: 'wide',
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
