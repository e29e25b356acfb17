/**
 * All of a session that must change together, and its moves: each a function from one world to the next. Nothing here
 * waits, opens or closes anything; `session.ts` looks at the world after every move and does what it calls for.
 *
 * What is shown is a run's own or a recording's; the settings are what the next run will be made of. They part only where
 * a run takes a change in its stride (the strategies ticked, the learning rate); any other change puts the run aside.
 */
import type { Answers } from '../data/answers.ts';
import type { Dataset } from '../data/dataset.ts';
import { DATASETS, type DatasetId, type DataShape } from '../experiment/datasets.ts';
import type { Experiment, FieldName } from '../experiment/experiment.ts';
import { LIMITS } from '../experiment/limits.ts';
import type { Extras, ReservedKey } from '../experiment/link.ts';
import type { Notice } from '../experiment/notice.ts';
import { plan as planOf } from '../experiment/plan.ts';
import { check, parameterCount } from '../experiment/repair.ts';
import { FIELDS } from '../experiment/table.ts';
import { shapeOf } from './derive.ts';
import { fitsPlan, type PlacedWeights } from './given-weights.ts';
import type { DatasetState, RecordingOrigin, SessionNotice, SessionState } from './state.ts';
import { sessionText as text } from './words.ts';

/** What the world knows of a run. */
export interface RunInHand {
  readonly dataset: Dataset;
  /** Whether its strategies have no step left to take. */
  readonly done: boolean;
}

export type Shown<R extends RunInHand> =
  | { readonly kind: 'run'; readonly run: R }
  | {
      readonly kind: 'recording';
      /** Set where nobody chose it: the page itself opened on it. */
      readonly unasked?: true;
      readonly origin: RecordingOrigin;
      readonly strategies: SessionState['strategies'];
    };

/** How things stood before a change. */
export interface Snapshot<R extends RunInHand> {
  readonly experiment: Experiment;
  readonly extras: Extras;
  readonly weights: PlacedWeights | null;
  readonly shown: Shown<R> | null;
  /** What was changed; the same setting changed again belongs to the same step back. */
  readonly by: string;
}

export interface World<R extends RunInHand = RunInHand> extends Omit<Snapshot<R>, 'by'> {
  readonly past: readonly Snapshot<R>[];
  readonly future: readonly Snapshot<R>[];
  /** The newest set that loaded, or the run's own. */
  readonly dataset: Dataset | null;
  readonly data: DatasetState;
  /** A set that someone chose: it becomes the settings' when it arrives. */
  readonly chosen: DatasetId | 'files' | null;
  /** Training was asked for and has not begun: on and on, or one turn. */
  readonly wish: 'play' | 'step' | null;
  readonly notices: readonly SessionNotice[];
  /** Notices so far: their ids. */
  readonly said: number;
}

/** How a page is looked at: no step back changes that. */
const LOOKS = ['view', 'chart'] as const satisfies readonly ReservedKey[];
/** Steps back that are kept. */
const MOST_PAST = 50;
/** Runs put aside whose devices are kept: each holds its images a second time. */
const MOST_ASIDE = 1;
const MOST_NOTICES = 6;

type Named = Notice | string;

export function say<R extends RunInHand>(world: World<R>, one: Named, undo = false): World<R> {
  const notice: SessionNotice = {
    ...(typeof one === 'string' ? { message: one } : one),
    id: world.said + 1,
    ...(undo ? { undoTo: world.past.length - 1 } : {}),
  };
  const others = world.notices.filter(({ undoTo }) => !(undo && undoTo !== undefined));
  return { ...world, said: notice.id, notices: [...others, notice].slice(-MOST_NOTICES) };
}

export const sayAll = <R extends RunInHand>(world: World<R>, all: readonly Named[]): World<R> =>
  all.reduce<World<R>>((one, notice) => say(one, notice), world);

export const unsay = <R extends RunInHand>(world: World<R>, is: (one: SessionNotice) => boolean): World<R> =>
  world.notices.some(is) ? { ...world, notices: world.notices.filter((one) => !is(one)) } : world;

/** Whether it says what training waits for. */
export const isWait = ({ message }: Notice): boolean =>
  message === text.waitsForData || message === text.waitsForEngine;

/** Whether the data that the settings name are at hand. */
export const dataSettled = ({ dataset, experiment }: Pick<World, 'dataset' | 'experiment'>): boolean =>
  dataset?.id === experiment.data;

export const runOf = <R extends RunInHand>({ shown }: Pick<World<R>, 'shown'>): R | null =>
  shown?.kind === 'run' ? shown.run : null;

/** Every run that a step back or forth may still show: the others' devices can go. */
export const referenced = <R extends RunInHand>(world: World<R>): ReadonlySet<R> =>
  new Set([world, ...world.past, ...world.future].flatMap((one) => runOf<R>(one) ?? []));

// --- settings -----------------------------------------------------------------------------------------------------

export const changedFields = (before: Experiment, after: Experiment): FieldName[] =>
  (Object.keys(after) as FieldName[]).filter(
    (name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]),
  );

/** Settings that a run in hand takes in its stride. */
const inStride = (name: FieldName) => !FIELDS[name].restarts || name === 'strategies';

/** Applies new settings. A run that cannot take them is put aside, and `why` says so. */
export function change<R extends RunInHand>(
  world: World<R>,
  next: Experiment,
  why: (changed: readonly FieldName[]) => string,
): World<R> {
  const changed = changedFields(world.experiment, next);
  if (changed.length === 0) return world;
  const refused = check(next);
  if (refused.length > 0) return sayAll(world, refused);
  const kept = remember(world, [...changed].sort().join());
  if (world.shown?.kind !== 'recording' && changed.every(inStride)) return { ...kept, experiment: next };
  const begun = begin(kept, next);
  return world.shown ? say(begun, why(changed), true) : begun;
}

/** Back to the start with the same settings. */
export function reset<R extends RunInHand>(world: World<R>): World<R> {
  if (!world.shown) return { ...world, wish: null };
  return say(begin(remember(world, 'reset'), world.experiment), text.wasReset, true);
}

/** Begins with weights from a file, or with the seed's own again. */
export function giveWeights<R extends RunInHand>(
  world: World<R>,
  weights: PlacedWeights | null,
  why: string,
): World<R> {
  const begun = begin({ ...remember(world, 'weights'), weights }, world.experiment);
  return weights || world.shown ? say(begun, why, world.shown !== null) : begun;
}

/** Shows what was recorded; its settings become the current ones. */
export function showRecording<R extends RunInHand>(
  world: World<R>,
  experiment: Experiment,
  shown: Extract<Shown<R>, { kind: 'recording' }>,
  run: string | undefined,
): World<R> {
  const begun = begin(remember(world, 'recording'), experiment);
  const extras = run === undefined ? begun.extras : { ...begun.extras, run };
  const next: World<R> = { ...begun, shown, extras, wish: null, chosen: null };
  return world.shown ? say(next, text.recordingShown, true) : next;
}

/** These settings, from the start: nothing is shown of a run. */
function begin<R extends RunInHand>(world: World<R>, experiment: Experiment): World<R> {
  // A link with a run in it stands for that run only as long as it is the one that is shown.
  const { run: _, ...extras } = world.extras;
  return dropMisfits({
    ...world,
    experiment,
    extras,
    shown: null,
    wish: world.shown ? null : world.wish,
    chosen: experiment.data === world.experiment.data ? world.chosen : null,
  });
}

/** Weights from a file stay only while they fit. */
function dropMisfits<R extends RunInHand>(world: World<R>): World<R> {
  const { weights, experiment, dataset } = world;
  if (!weights || fitsPlan(weights.given, planOf(experiment, shapeOf(experiment, dataset)))) return world;
  return say({ ...world, weights: null }, text.weightsPutAside(weights.name));
}

/** Something of the page that the link holds, too. What is swept is a change as any other. */
export function setExtra<R extends RunInHand>(
  world: World<R>,
  key: ReservedKey,
  value: string | undefined,
): World<R> {
  if (world.extras[key] === value) return world;
  const extras = withExtra(world.extras, key, value);
  // Closed it is gone with all its values, however lately these were set.
  const by = value === undefined ? 'sweep closed' : 'sweep';
  return { ...(key === 'sweep' ? remember(world, by) : world), extras };
}

function withExtra(extras: Extras, key: ReservedKey, value: string | undefined): Extras {
  const { [key]: _, ...rest } = extras;
  return value === undefined ? rest : { ...rest, [key]: value };
}

// --- back and forth -----------------------------------------------------------------------------------------------

const snapshot = <R extends RunInHand>(
  { experiment, extras, weights, shown }: World<R>,
  by: string,
): Snapshot<R> => ({ experiment, extras, weights, shown, by });

/** Keeps how things stand, so that `undo` brings it back. */
function remember<R extends RunInHand>(world: World<R>, by: string): World<R> {
  const last = world.past.at(-1);
  // A slider that is dragged is one step back; a run that it put aside came before it.
  const goesOn =
    last?.by === by &&
    by !== 'recording' &&
    by !== 'reset' &&
    world.future.length === 0 &&
    (world.shown === null || world.shown === last.shown);
  const past = goesOn ? world.past : [...world.past, snapshot(world, by)].slice(-MOST_PAST);
  return { ...world, past, future: [] };
}

/** Only so many runs put aside keep their devices: what lies before the oldest of them cannot be gone back to. */
export function letGo<R extends RunInHand>(world: World<R>): World<R> {
  const { past, future } = world;
  const inHand = runOf(world);
  const aside = new Set<R>();
  const steps = [...past, ...future];
  for (let index = steps.length - 1; index >= 0; index--) {
    const run = runOf<R>(steps[index]);
    if (run && run !== inHand) aside.add(run);
    if (aside.size > MOST_ASIDE) return { ...world, past: past.slice(index + 1) };
  }
  return world;
}

/** Takes back changes until `to` are left. */
export function undo<R extends RunInHand>(world: World<R>, to = world.past.length - 1): World<R> {
  let next = world;
  while (next.past.length > Math.max(0, to)) {
    const back = next.past[next.past.length - 1];
    next = enter(
      { ...next, past: next.past.slice(0, -1), future: [...next.future, snapshot(next, back.by)] },
      back,
    );
  }
  return unsay(next, ({ undoTo }) => undoTo !== undefined && undoTo >= next.past.length);
}

/** Makes the change again that was taken back last. */
export function redo<R extends RunInHand>(world: World<R>): World<R> {
  const again = world.future.at(-1);
  if (!again) return world;
  return enter(
    { ...world, future: world.future.slice(0, -1), past: [...world.past, snapshot(world, again.by)] },
    again,
  );
}

/** As it was then, but for how it is looked at: a run with its own data, whatever has been loaded since. */
function enter<R extends RunInHand>(world: World<R>, then: Snapshot<R>): World<R> {
  const { experiment, weights, shown } = then;
  const extras = LOOKS.reduce((all, key) => withExtra(all, key, world.extras[key]), then.extras);
  const next: World<R> = { ...world, experiment, extras, weights, shown, wish: null, chosen: null };
  const run = runOf<R>(next);
  return run ? { ...next, dataset: run.dataset, data: { status: 'ready', dataset: run.dataset } } : next;
}

// --- data ---------------------------------------------------------------------------------------------------------

/** Someone chose a set. One that the network would be too large for is refused before it is fetched. */
export function choose<R extends RunInHand>(world: World<R>, id: DatasetId | 'files'): World<R> {
  if (id !== 'files') {
    const tooLarge = refusal(world.experiment, id, DATASETS[id].shape, DATASETS[id].label);
    if (tooLarge) return say(world, tooLarge);
  }
  return { ...world, chosen: id };
}

function refusal(
  experiment: Experiment,
  data: DatasetId,
  shape: Pick<DataShape, 'pixels' | 'classes'>,
  name: string,
): string | null {
  const count = parameterCount({ ...experiment, data }, shape);
  return count > LIMITS.parameters ? text.tooLargeFor(name, count, LIMITS.parameters) : null;
}

export const loading = <R extends RunInHand>(
  world: World<R>,
  data: Extract<DatasetState, { status: 'loading' }>,
): World<R> => ({ ...world, data });

/** A set has loaded. It becomes the settings' own where it was chosen, or where nothing is shown. */
export function arrived<R extends RunInHand>(world: World<R>, dataset: Dataset): World<R> {
  const { experiment, shown, chosen } = world;
  const there = { ...world, chosen: null };
  const tooLarge = refusal(experiment, dataset.id, dataset, dataset.name);
  if (tooLarge) return say(still({ ...there, wish: null }), tooLarge);
  // Settings have moved on to a run with data of its own, or to a recording of others: they stay.
  if (shown && chosen === null) {
    if (shown.kind === 'run') return still(there);
    return { ...there, dataset, data: { status: 'ready', dataset } };
  }
  const put: World<R> = { ...there, dataset, data: { status: 'ready', dataset } };
  const next = { ...experiment, data: dataset.id };
  if (!shown && (chosen === null || !world.dataset)) return dropMisfits({ ...put, experiment: next });
  if (world.dataset?.digest === dataset.digest && dataset.id === experiment.data) {
    return shown ? still(there) : put;
  }
  const begun = begin({ ...put, past: remember(world, 'data').past, future: [] }, next);
  return shown ? say(begun, text.dataChanged(dataset.name), true) : begun;
}

/** Dropped files have been read and leave something open: a person decides. */
export const asked = <R extends RunInHand>(
  world: World<R>,
  dataset: Dataset,
  answers: Answers,
): World<R> => ({
  ...world,
  data: { status: 'asking', dataset, answers },
});

/** Loading ended without a set: what was at hand stays. */
export function notArrived<R extends RunInHand>(
  world: World<R>,
  id: DatasetId | 'files',
  why: { readonly message: string; readonly cancelled: boolean },
): World<R> {
  const wished = world.wish !== null;
  const next: World<R> = { ...world, chosen: null, wish: null };
  const failed: World<R> = { ...next, data: { status: 'failed', id, message: why.message } };
  if (why.cancelled) return dataSettled(next) || !next.dataset ? still(next) : failed;
  if (wished) return say(failed, text.notTrained(why.message));
  // What the settings ask for is loaded next, and its progress takes the sentence's place.
  const replaced = id !== world.experiment.data && !dataSettled(next);
  return replaced ? say(failed, why.message) : failed;
}

/** No load goes on. */
export const still = <R extends RunInHand>(world: World<R>): World<R> => ({
  ...world,
  data: world.dataset ? { status: 'ready', dataset: world.dataset } : { status: 'none' },
});

// --- training -----------------------------------------------------------------------------------------------------

/** Training is asked for. A recording gives its settings and is put aside. */
export function ask<R extends RunInHand>(world: World<R>, wish: 'play' | 'step'): World<R> {
  const run = runOf<R>(world);
  if (run) return run.done ? say(world, text.allDone) : { ...world, wish };
  if (world.shown) {
    const begun = begin(remember(world, 'recording'), world.experiment);
    const unasked = world.shown.kind === 'recording' && world.shown.unasked;
    return { ...(unasked ? begun : say(begun, text.fromRecording, true)), wish };
  }
  return { ...world, wish };
}

export const withdraw = <R extends RunInHand>(world: World<R>): World<R> => ({ ...world, wish: null });

/** A run was made of these settings. */
export const opened = <R extends RunInHand>(world: World<R>, run: R): World<R> => ({
  ...world,
  wish: null,
  shown: { kind: 'run', run },
});
