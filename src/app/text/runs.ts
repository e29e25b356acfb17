/** Words of kept runs and their comparison. */
import { middle } from '../../messages/middle.ts';

export const runsText = {
  heading: 'Runs',
  opening: 'Looking for runs that this browser keeps…',
  intro: (most: number) =>
    `Every run that ends is kept in this browser with its settings, curves and weights: the newest ${most}, and those you keep for good. Show one to draw its curves over those above; drop a run’s file on the page to see it.`,
  interrupted: (name: string) => `A run was interrupted: ${middle(name)}. Its curves are kept under “Runs”.`,
  interruptedName: (name: string) => `${name}, interrupted`,
  dismiss: 'Dismiss',
  saveWeights: (strategy: string) => `Save the weights of ${strategy}`,
  beginWith: (strategy: string) => `Begin with the weights of ${strategy}`,
  empty: 'Runs appear here when they finish or are put aside.',
  table: 'Kept runs and the run at hand',
  now: 'The run at hand',
  head: {
    run: 'Run',
    strategy: 'Strategy',
    final: 'Accuracy',
    reach: (share: string) => `To ${share} of conventional’s best`,
    seconds: 'Own time',
    memory: 'Memory, fullest device',
    bytes: 'Sent in training',
  },
  never: 'not reached',
  noRival: '–',
  // A number and its unit stay together.
  reached: (epochs: string, seconds: string) => `${epochs}\u00a0epochs, ${seconds.replaceAll(' ', '\u00a0')}`,
  rename: (name: string) => `Name of ${name}`,
  draw: 'Show',
  drawName: (name: string) => `Show the curves of ${name}`,
  pin: 'Keep for good',
  pinName: (name: string) => `Keep ${name} for good`,
  more: 'More',
  moreName: (name: string) => `More for ${name}`,
  view: 'View as a recording',
  restore: 'Use its settings',
  save: 'Save as a file',
  remove: 'Delete',
  removed: (name: string) => `Deleted: ${middle(name)}.`,
  undo: 'Undo',
  filter: 'Filter by name',
  noneNamed: (sought: string) => `No run’s name has “${middle(sought)}” in it.`,
  saveAll: 'Save all',
  saveAllName: 'Save all runs',
  csv: 'CSV',
  json: 'JSON',
  open: 'Open a run from a file',
  opened: (file: string, fresh: number, here: number) => {
    const known = here === 1 ? '1 was here already' : `${here} were here already`;
    const kept = fresh === 1 ? '1 run is kept now' : `${fresh} runs are kept now`;
    return `${file}: ${[...(fresh > 0 ? [kept] : []), ...(here > 0 ? [known] : [])].join(', ')}.`;
  },
  moreProblems: (count: number) => `${count} more runs could not be read.`,
  on: (machine: string, date: string) => `${machine}; ${date}`,
  private: 'This browser keeps nothing beyond the visit; save what matters as a file.',
  weightsRefused: (why: string) =>
    `The browser did not take the weights of the last run (${why.replace(/\.$/, '')}). Its curves are kept. Save its weights as a file as long as it is the run at hand, under “Weights and export”, or delete runs to make room.`,
  withWeights: (file: string) => `It began with the weights of ${middle(file)}, which are not part of it.`,
  withLearningRates: (changes: readonly { readonly step: number; readonly learningRate: number }[]) =>
    `The learning rate was set on the way: ${changes.map(({ step, learningRate }) => `${learningRate} from step ${step}`).join(', ')}.`,
  recording: (machine: string, date: string, data: string) =>
    `A recording, trained on ${middle(machine)}, ${date}${data ? `, with ${middle(data)}` : ''}. Nothing trains here.`,
} as const;

/** Words of the pictures of what accuracy takes. */
export const tradeOffsText = {
  name: { bytes: 'Accuracy over bytes sent', memory: 'Accuracy over memory, fullest device' },
  axis: { bytes: 'Sent in training', memory: 'Memory, fullest device' },
  empty: 'Each strategy is a dot here, once it is measured.',
  strategy: 'Strategy',
  run: 'Run',
  told: (strategy: string, accuracy: string, amount: string) => `${strategy} ${accuracy} for ${amount}`,
  note: 'Up and to the left is better. Full dots are of the run at hand, or of the newest one; hollow ones of other kept runs. The amounts are on a logarithmic axis, and memory is without the images.',
  leftOut: (count: number) =>
    count === 1
      ? 'One kept run on other data is left out.'
      : `${count} kept runs on other data are left out.`,
} as const;
