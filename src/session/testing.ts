/** A session without browser, network or files: made-up characters, workers in the same thread. For tests. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import type { Dataset, SplitData } from '../data/dataset.ts';
import { inProcessSpawner, type InProcess } from '../devices/in-process.ts';
import type { EngineId, EngineProvider } from '../engines/contract.ts';
import { ENGINES } from '../engines/registry.ts';
import { Random } from '../network/random.ts';
import { PROGRAMS } from '../strategies/programs.ts';
import type { ChooseEngine } from './engines.ts';
import { createSession, type Session, type SessionOptions } from './session.ts';
import type { StrategyStatus, RunStatus, SessionState } from './state.ts';

/**
 * Noisy prototypes, one per class: easy enough to learn in seconds, hard enough not to be perfect at once.
 *
 * @param made `rarest`: training images of the last class, the others have the more the earlier they are; without it all
 *   classes have as many.
 */
export function madeUpDataset({
  classes = 10,
  train = 1000,
  test = 200,
  side = 8,
  rarest,
}: {
  classes?: number;
  train?: number;
  test?: number;
  side?: number;
  rarest?: number;
} = {}): Dataset {
  const pixels = side * side;
  const random = Random.for(1, 'made-up');
  const prototypes = Array.from({ length: classes * pixels }, () => (random.uniform() < 0.3 ? 200 : 20));
  const split = (
    count: number,
    labels = Uint8Array.from({ length: count }, (_, n) => n % classes),
  ): SplitData => {
    const images = Uint8Array.from({ length: count * pixels }, (_, i) => {
      const value = prototypes[labels[Math.floor(i / pixels)] * pixels + (i % pixels)] + 60 * random.normal();
      return Math.max(0, Math.min(255, Math.round(value)));
    });
    return { images, labels, count };
  };
  const trained = split(train, rarest === undefined ? undefined : unevenly(classes, train, rarest));
  const tested = split(test);
  return {
    id: 'mnist',
    name: 'Made up',
    classes,
    characters: Array.from({ length: classes }, (_, label) => String(label)),
    pixels,
    side,
    train: trained,
    test: tested,
    scale: 1 / 90,
    shift: -0.8,
    sample: true,
    digest: bytesToHex(
      sha256(concatBytes(...[trained, tested].flatMap(({ images, labels }) => [images, labels]))),
    ),
    provenance: { source: 'files', verified: 'unknown', bytes: 0 },
    remarks: [],
  };
}

/** Classes of `count` images in a mixed order: `rarest` of the last one, and evenly more of each before it. */
function unevenly(classes: number, count: number, rarest: number): Uint8Array<ArrayBuffer> {
  const step = (count / classes - rarest) / ((classes - 1) / 2);
  const sorted = new Uint8Array(count);
  let from = 0;
  for (let label = classes - 1; label > 0; label--)
    sorted.fill(label, from, (from += Math.round(rarest + step * (classes - 1 - label))));
  const order = Random.for(1, 'uneven').permutation(count);
  return sorted.map((_, n) => sorted[order[n]]);
}

export interface TestSession {
  readonly session: Session;
  /** Every device opened so far, in order, to crash at will. */
  readonly devices: { readonly rank: number; readonly device: InProcess }[];
}

/**
 * @param data What loads, whichever set is asked for; or says which.
 * @param providers Engines other than those of the product.
 * @param opensOn A recording to begin with.
 */
export function testSession(
  link: string,
  data: Dataset | ((id: string) => Promise<Dataset>) = madeUpDataset(),
  chooseEngine: ChooseEngine = async (choice) => ({
    id: choice === 'auto' ? 'cpu' : choice,
    why: 'The test wants it.',
  }),
  providers: Partial<Record<EngineId, EngineProvider>> = {},
  opensOn?: SessionOptions['opensOn'],
): TestSession {
  const load = typeof data === 'function' ? data : async () => data;
  const devices: TestSession['devices'] = [];
  const session = createSession({
    link,
    data: {
      availability: async () => [],
      load,
      loadFiles: () => load('files'),
      forget: async () => {},
      remember: async () => {},
    },
    spawn: inProcessSpawner(
      PROGRAMS,
      async (id) => ({ ...ENGINES, ...providers })[id],
      (rank, device) => devices.push({ rank, device }),
    ),
    // As on any machine of today: arithmetic on several threads, where there is enough of it.
    cores: 4,
    chooseEngine,
    ...(opensOn ? { opensOn } : {}),
  });
  return { session, devices };
}

/**
 * Waits until the state satisfies a condition.
 * @throws Error with the failure's own sentence, where data fail to load, or where a strategy fails meanwhile
 *   and nothing goes on that could still bring what is waited for.
 */
export function until(
  { store }: Pick<Session, 'store'>,
  condition: (state: SessionState) => boolean,
): Promise<void> {
  const failed = ({ strategies }: SessionState) =>
    Object.values(strategies).filter(({ error }) => error !== null);
  const before = new Set(failed(store.getState()).map(({ id }) => id));

  function failure(state: SessionState): string | null {
    if (state.data.status === 'failed') return `${state.data.id} was not loaded: ${state.data.message}`;
    if (isWorking(state)) return null;
    const all = failed(state);
    const told = state.status === 'failed' ? all[0] : all.find(({ id }) => !before.has(id));
    return told ? `${told.id} failed: ${told.error}` : null;
  }

  return new Promise((resolve, reject) => {
    const stop = store.subscribe(look);
    look(store.getState());

    function look(state: SessionState): void {
      const met = condition(state);
      const why = met ? null : failure(state);
      if (!met && why === null) return;
      stop();
      if (why === null) resolve();
      else reject(new Error(`What was waited for will not come: ${why}`));
    }
  });
}

const BUSY: readonly (RunStatus | StrategyStatus)[] = [
  'waiting',
  'preparing',
  'running',
  'turn',
  'evaluating',
  'joining',
];

const isWorking = ({ status, strategies }: SessionState): boolean =>
  [status, ...Object.values(strategies).map((strategy) => strategy.status)].some((one) => BUSY.includes(one));
