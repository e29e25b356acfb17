/** Words of the one screen: the sentence, the ledger, tabs, drawers, menus. */
import { middle } from '../../messages/middle.ts';
import type { ControlId } from '../../session/controls.ts';
import type { Section } from '../shell/panes.ts';
import type { ViewId } from '../view.ts';

const views: Readonly<Record<ViewId, string>> = {
  curves: 'Curves',
  inside: 'Inside SIL',
  try: 'Try it',
  devices: 'Devices',
  costs: 'Costs',
  runs: 'Runs',
  how: 'How it works',
};

const sections: Readonly<Record<Section, string>> = {
  start: 'Start from',
  data: 'Data',
  strategies: 'Strategies',
  layers: 'Layers and cuts',
  training: 'Training',
  labels: 'Synthetic labels',
  weights: 'Weights and export',
  more: 'More',
};

export const screenText = {
  /** What this is. The middle is set in bold. */
  claim: [
    'One network, trained whole and in pieces. With made-up ',
    'synthetic intermediate labels (SIL)',
    ' the pieces never talk.',
  ],
  views,
  viewsLabel: 'Views',
  enlarge: 'Enlarge this view',
  shrink: 'Show the network again',
  more: 'More',
  fewer: 'Less',
  keys: 'Keyboard shortcuts',
  machine: 'This machine',
  search: {
    name: 'Search',
    placeholder: 'Settings, views, presets, runs',
    found: 'Found',
    none: (typed: string) => `Nothing here is called “${middle(typed)}”.`,
    kinds: {
      view: 'View',
      panel: 'In a view',
      preset: 'Preset',
      settings: 'Settings',
      setting: 'Setting',
      run: 'Run',
      page: 'Page',
    },
    inPresent: 'presentation class large letters projector',
    /** What people may call what a view holds. */
    inView: {
      curves: 'test accuracy loss memory throughput traffic table save smoothing',
      inside: 'distance nearest label heat map layers in numbers',
      try: 'draw digit character confusion matrix mistakes per class',
      devices: 'lanes who sent what holds memory traffic matrix',
      costs: 'cost memory compute time to accuracy separate machines network speed',
      runs: 'kept compare recordings open file',
      how: 'about questions paper help',
    } satisfies Readonly<Record<ViewId, string>>,
  },
  ledger: {
    name: 'Result',
    ready: 'Ready',
    loading: 'Loading data',
    noData: 'No data',
    noDataNote: 'Choose another data set under “Data”, or drop its files on the page.',
    readyNote: (strategies: readonly string[]) =>
      `${strategies.length > 3 ? `${strategies.length} strategies` : strategies.join(', ')} begin alike. Press Train.`,
    waiting: 'Starting',
    running: 'So far',
    at: (epoch: string) => `At epoch ${epoch}, both measured.`,
    soon: 'The first comparison comes when both have been measured.',
    paused: 'Paused',
    verdict: 'Verdict:',
    recording: 'Recording',
    /** Before its verdict. */
    recorded: 'Recording:',
    recordingNote: (machine: string) => `Made on ${machine}`,
    problem: 'Stopped',
    slower: (rate: string) => `Again with learning rate ${rate}`,
    lost: (rank: number) => `Device ${rank + 1} is lost`,
    lostNote: (strategy: string) => `${strategy} goes on with the others, not measured until it is back.`,
    lostNotNeeded: (strategy: string) => `${strategy} trains on without it.`,
    alone: (strategy: string) => `Only ${strategy} takes part: tick another to compare.`,
    words: { level: 'level', close: 'close', behind: 'behind', far: 'far behind', chance: 'neither learned' },
    sentence: (who: string, gap: string, memory: string, sent: string) =>
      `${who}: ${gap}, ${memory} of the memory, ${sent} sent.`,
    below: (points: string) => `${points} points below`,
    above: (points: string) => `${points} points above`,
    equal: 'as accurate',
    uneven: (fewest: string, most: string) =>
      `Classes are uneven (${fewest} to ${most} training images) and nothing balances them: SIL loses the rare ones first.`,
    gap: 'Test accuracy gap',
    gapShort: 'Accuracy',
    points: 'points',
    against: (mine: string, other: string) => `${mine} against ${other}`,
    /** After what stands against what, and after the name of the tile. */
    ofImages: (images: string) => ` of ${images} images`,
    count: (images: string) => `, ${images} images`,
    againstShort: (mine: string, other: string) => `${mine} / ${other}`,
    memory: 'Memory, fullest device',
    memoryShort: 'Memory',
    ofMemory: (mine: string, other: string) => `${mine} of ${other}`,
    sent: 'Sent to train',
    other: (who: string, sent: string) => `${who}: ${sent}`,
    others: (least: string, most: string | null) => `Others: ${least}${most === null ? '' : `–${most}`}`,
    othersShort: (most: string, count: number) => (count === 1 ? `vs ${most}` : `max ${most}`),
    images: 'with images',
    imagesShort: 'images',
    unknown: '–',
    /** A control is as good as all parts joined; the whole answer is a press away. */
    equals: {
      first: 'Equals its first part alone',
      frozen: 'Equals a frozen front',
    } satisfies Record<ControlId, string>,
    equalsLast: 'Equals its last part alone',
    lastRun: 'Show your last run',
    lastRunOf: (name: string, date: string) => `${middle(name)}, ${date}`,
    longer: (epochs: number) => `Try ${epochs} epochs`,
    /** Each is what a press does; two of them fit on a line. */
    next: {
      compare: 'Try next: add conventional',
      labels: 'Try next: add SIL',
      cut: 'Try next: cut in the middle',
      slower: 'Try next: a tenth of the rate',
      uneven: 'Uneven classes: even out',
      later: 'Try next: a later cut',
      sparse: 'Try next: sparse labels',
      recovery: 'Try next: recovery',
      earlier: 'Try next: an earlier cut',
      pieces: 'Try next: a part per layer',
      pipeline: 'Try next: add a pipeline',
      seed: 'Try next: another seed',
    },
  },
  clock: {
    epochs: (count: number) => (count === 1 ? '1 epoch' : `${count} epochs`),
    about: (time: string) => `about ${time}`,
    starting: 'starting',
    left: (time: string) => `${time} left`,
    /** What takes time and is no training. */
    doing: { preparing: 'starting devices', evaluating: 'evaluating', joining: 'joining' },
    epoch: (done: string, of: number) => `epoch ${done} of ${of}`,
    done: (time: string) => `done in ${time}`,
    paused: 'paused',
    progress: 'Done of all training',
  },
  stage: {
    data: 'Data',
    otherData: 'Other data…',
  },
  settings: {
    name: 'Settings',
    close: 'Close the settings',
    undo: 'Undo',
    sections,
    strategies: (ticked: number, of: number) => `${ticked} of ${of}`,
    layers: (widths: string, cuts: readonly number[]) =>
      cuts.length === 0 ? `${widths}, whole` : `${widths}, after ${cuts.join(', ')}`,
    normalised: 'LN',
    same: (layers: number, width: number) => `${layers} × ${width}`,
    training: (epochs: number, batch: number, optimizer: string) =>
      `${epochs === 1 ? '1 epoch' : `${epochs} epochs`}, batch ${batch}, ${optimizer}`,
    images: (name: string, count: string) => `${name}, ${count} images`,
    noData: 'none yet',
    seedWeights: 'from the seed',
    moreNote: 'engine, turns, test images',
    own: 'my own settings',
    foot: 'A change starts again from epoch 0. Undo brings this run back.',
  },
} as const;
