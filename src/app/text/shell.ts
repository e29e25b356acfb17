import { FIELDS } from '../../experiment/table.ts';
import type { ProductName } from '../../engines/contract.ts';
import { STRATEGIES, type StrategyId } from '../../experiment/strategies.ts';

const alone = (what: string) =>
  `One for each device: only a page that is isolated may share memory between threads. ${what}`;

/** Words of the frame around everything: top bar, notices, shortcuts, errors. */
/** With a full stop, whether it came with one or not. */
const ended = (sentence: string) => (sentence.endsWith('.') ? sentence : `${sentence}.`);

export const shellText = {
  name: 'Piecewise',
  /** In the tab, while something trains and once all has. */
  tabRunning: (share: string) => `${share} · Piecewise`,
  tabDone: '✓ Piecewise',
  skip: 'Skip to the view',
  controls: 'Training',
  train: 'Train',
  trainAgain: 'Train again',
  pause: 'Pause',
  step: 'One turn',
  reset: 'Again from the start',
  engine: (name: string) => `Engine: ${name}`,
  engineSearching: 'looking…',
  engineNone: 'none',
  machine: {
    heading: 'About this machine',
    later: 'Its details are known once training has started.',
    threads: 'Threads',
    coresShared: (cores: number) =>
      `${cores} cores, shared out among the devices that work at once. “${FIELDS.threads.label}” in the settings gives each device a number of its own.`,
    oneCore: 'One for each device: this machine offers one core.',
    /** Why threads cannot share memory, and what would change it. */
    alone: {
      framed: alone('A page in a frame of another page is not; open it in a tab of its own.'),
      unserved: alone(
        'It is where its server sends Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy, as npm start does. ' +
          'Elsewhere a service worker does that, which this browser does not run here.',
      ),
      coming: alone(
        'This one is from its next loading on: what does that, and keeps it for offline use, is just being fetched.',
      ),
      before: alone(
        'This one is once it is reloaded, and stays so. Reloading ends the run at hand; kept runs stay.',
      ),
      refused: alone(
        'This one should be: either a new version of it waits to be let in, or this browser isolates no page.',
      ),
    },
    threadsEach: (each: readonly string[]) => each.join(' + '),
    speed: 'Reached in training, measured',
    strategy: (id: StrategyId) => STRATEGIES[id].label,
    gflops: (gflops: string) => `${gflops} GFLOP/s`,
    kernels: 'Kernels chosen by trying',
    product: (product: ProductName, rows: number, inputs: number, outputs: number) =>
      `${product}, ${rows} × ${inputs} → ${outputs}`,
  },
  theme: (name: string) => `Theme: ${name}`,
  themes: { system: 'system', light: 'light', dark: 'dark' },
  notices: 'Messages',
  dismiss: 'Dismiss',
  undo: 'Undo',
  deviceLost: (strategy: string, why: string) =>
    `${strategy}: ${ended(why)} The other devices keep training; the joined network is measured again once all are there.`,
  deviceNotNeeded: (strategy: string, why: string) =>
    `${strategy}: ${ended(why)} The joined network lies on another device and trains on without it.`,
  restart: (rank: number) => `Restart device ${rank + 1}`,
  catchingUp: 'Catching up…',
  andOthers: (first: string, others: number) => `${first} and ${others} others`,
  strategyFailed: (strategy: string, why: string) => `${strategy} stopped. ${why}`,
  shortcuts: 'Keyboard shortcuts',
  shortcutList: [
    ['Space', 'Train or pause'],
    ['.', 'One turn of every strategy'],
    ['R', 'Again from the start'],
    ['D', 'To what goes into the network'],
    ['Ctrl Z', 'Undo the last change, and bring back the run it put aside'],
    ['Ctrl Shift Z', 'Redo it'],
    ['/', 'Search; Ctrl K as well'],
    [',', 'Settings'],
    ['1 – 7', 'Views, from Curves to How it works; ← → in the tabs'],
    ['E', 'Enlarge the view, or give it back its place'],
    ['P', 'Present: large letters, one thing at a time; ← → or a number go on'],
    ['[ ]', 'To a cut; ← → move it, Delete removes it'],
    ['Esc', 'Close what lies on top'],
    ['?', 'This list'],
  ],
  shortcutsOn: 'Use these keys',
  close: 'Close',
  noEngine: (why: string) => `Nothing can train here yet. ${why}`,
  filesBroke: 'What is asked about the files could not be shown.',
  handlesBroke: 'The handles of the cuts could not be shown.',
  crashed: 'Something on this page broke.',
  cannotStart: 'The page could not start.',
  chartsBroke: 'The charts could not be shown.',
  crashedWhat: 'Your settings are in the address of this page; reloading brings them back.',
  newVersion: 'A new version is ready. Reloading ends the run at hand; kept runs stay.',
  newVersionElsewhere:
    'Another tab has let a new version in. This one goes on as it is; what it has not fetched yet may be missing until it is reloaded, which ends the run at hand.',
  offlineReady: 'This page now works offline as well, with the data fetched so far.',
  notFetched:
    'This part of the page could not be fetched: the connection may be lost, or a new version has taken its place. Training goes on. Try again; if that does not help, reload once the run has ended.',
  tryAgain: 'Try again',
  later: 'Later',
  reload: 'Reload',
  copyDetails: 'Copy the details',
  detailsCopied: 'Copied.',
  detailsByHand: 'The browser refused; copy them from here:',
  loadingCharts: 'Loading the charts…',
  insideBroke: 'The look into SIL could not be shown.',
  loadingInside: 'Loading the look into SIL…',
  tryBroke: 'Trying the networks is not possible now.',
  loadingTry: 'Loading the drawing sheet…',
  runsBroke: 'The kept runs could not be shown.',
  loadingRuns: 'Loading the kept runs…',
  lanesBroke: 'The device lanes could not be shown.',
  loadingLanes: 'Loading the device lanes…',
  tourBroke: 'The tour could not be shown.',
  shareBroke: 'Sharing is not possible now.',
  passageBroke: 'The character in the drawing could not be shown.',
  layerStatsBroke: 'The numbers of the layers could not be shown.',
  loadingAbout: 'Loading how it works…',
  machineBroke: 'What is known of this machine could not be shown.',
  searchBroke: 'The search could not be shown.',
  settingsBroke: 'The settings could not be shown.',
  aboutBroke: 'How it works could not be shown.',
  costsBroke: 'The costs could not be shown.',
  loadingCosts: 'Loading the costs…',
} as const;
