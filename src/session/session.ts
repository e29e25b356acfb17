/**
 * From settings to curves. One store, one set of actions; two doors, the page and the terminal.
 * Knows nothing of screens: it is given its data, its workers and its engine choice.
 *
 * Every action is a move from one world to the next (`world.ts`). After a move the store shows the new world at once, and
 * `follow` does what it calls for: loads data, asks for engines, opens a run, lets go of runs that nothing refers to.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Answers } from '../data/answers.ts';
import type { DataClient, WatchOptions } from '../data/client.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Spawner } from '../devices/device.ts';
import type { EngineAbout, EngineId } from '../engines/contract.ts';
import { AT_HAND, isDatasetId, PREFERRED, type DatasetId } from '../experiment/datasets.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { decode, encode, fragmentOf, type Extras } from '../experiment/link.ts';
import type { Notice } from '../experiment/notice.ts';
import { normalise } from '../experiment/repair.ts';
import { STRATEGIES, type StrategyId } from '../experiment/strategies.ts';
import { FIELDS } from '../experiment/table.ts';
import type { ReadWeights } from '../export/safetensors/read.ts';
import { statusOf } from './course.ts';
import { derive, deriver } from './derive.ts';
import { EngineDesk, type ChooseEngine } from './engines.ts';
import { placeWeights, type PlacedWeights, type Wish } from './given-weights.ts';
import { idleStrategy } from './idle-strategy.ts';
import type { SessionActions } from './actions.ts';
import { replay, type Recording } from './recording/recording.ts';
import { readWeights } from './read-weights.ts';
import { Run } from './run.ts';
import type { StrategyState, SessionState } from './state.ts';
import { sessionText as text } from './words.ts';
import * as worlds from './world.ts';

type World = worlds.World<Run>;

export interface Session {
  readonly store: StoreApi<SessionState>;
  readonly actions: SessionActions;
  /** Resolves when the first data set is there or has failed. */
  readonly ready: Promise<void>;
  /** Parameters of a strategy's joined network, or null before it has started. */
  parameters(strategy: StrategyId): Promise<Float32Array<ArrayBuffer> | null>;
  /** Ends every worker. */
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Where to begin: a link or a fragment; empty for the defaults. */
  readonly link: string;
  readonly data: DataClient;
  readonly spawn: Spawner;
  readonly chooseEngine: ChooseEngine;
  /** Weights to begin with. */
  readonly weights?: PlacedWeights | null;
  /** A recording of the link's experiment to show until something trains; without it the settings are still good. */
  readonly opensOn?: () => Promise<Recording>;
}

function shownAs(recorded: Recording) {
  const { machine, date, data, learningRateChanges, weights } = recorded;
  const origin = { machine, date, data, learningRateChanges, weights };
  return { kind: 'recording', origin, strategies: replay(recorded) } as const;
}

const sentence = (error: unknown) => (error instanceof Error ? error.message : String(error));

export function createSession(options: SessionOptions): Session {
  const { data: client, spawn } = options;
  const first = decode(fragmentOf(options.link));
  const derived = deriver();
  const desk = new EngineDesk(options.chooseEngine);
  /** Runs whose devices have not been ended, and those that are being. */
  const live = new Set<Run>();
  const closing = new Set<Promise<unknown>>();
  /** Engines whose arithmetic was found right on this machine. */
  const checked = new Set<EngineId | 'reference'>();
  let abouts: readonly EngineAbout[] = [];
  let trainAccuracy = false;
  let sets: SessionState['sets'] = [];
  let loading: { readonly id: DatasetId | 'files'; readonly stop: AbortController } | null = null;
  /** The files that were dropped last. */
  let dropped: readonly File[] = [];
  /** Until it is known which data set is the first. */
  let starting = true;
  let closed = false;
  let runs = 0;
  /** Counts what was opened, so that a recording that is unpacked late does not throw off what came after it. */
  let openings = 0;

  let world: World = worlds.sayAll<Run>(
    {
      experiment: first.experiment,
      extras: first.extras,
      weights: options.weights ?? null,
      shown: null,
      past: [],
      future: [],
      dataset: null,
      data: { status: 'none' },
      chosen: null,
      wish: null,
      notices: [],
      said: 0,
    },
    first.notices,
  );

  const store = createStore<SessionState>(() => stateOf(world));

  /** The whole of what a person can see, from one world: nothing of it can be older or newer than the rest. */
  function stateOf(now: World): SessionState {
    const { experiment, extras, shown, weights, dataset, data, notices, past, future, wish } = now;
    const run = worlds.runOf(now);
    const { warnings, ...follows } = run?.options.derived ?? derived(experiment, dataset);
    const engine = desk.settled(experiment.engine);
    return {
      experiment,
      fragment: encode(experiment, extras),
      run: run?.facts ?? null,
      notices,
      sets,
      data,
      dataset,
      engine: { chosen: engine?.chosen ?? null, why: engine?.why ?? '', abouts },
      ...follows,
      ...shownOf(now, warnings),
      status:
        run && wish === null ? run.status : shown && !run ? 'finished' : statusOf(wish ? 'asked' : 'idle'),
      weights,
      recording: shown?.kind === 'recording' ? shown.origin : null,
      trainAccuracy,
      canUndo: past.length > 0,
      canRedo: future.length > 0,
    };
  }

  function shownOf(
    { shown, experiment }: World,
    warnings: readonly string[],
  ): Pick<SessionState, 'strategies'> {
    if (shown?.kind === 'run') return { strategies: shown.run.states };
    if (shown) return { strategies: shown.strategies };
    return {
      strategies: Object.fromEntries(
        experiment.strategies.map((id) => [id, idleStrategy(id, STRATEGIES[id].needsLabels ? warnings : [])]),
      ),
    };
  }

  /** Makes a move, shows it, and does what follows from it. */
  function make(move: (from: World) => World): void {
    if (closed) return;
    world = worlds.letGo(move(world));
    worlds.runOf(world)?.take(world.experiment);
    store.setState(stateOf(world));
    follow();
  }

  const say = (one: Notice | string) => make((from) => worlds.say(from, one));

  // --- what a world calls for -------------------------------------------------------------------------------------

  function follow(): void {
    letGo();
    const { experiment, data, shown, chosen, wish } = world;
    const engine = desk.settled(experiment.engine);
    if (!engine) void settleEngine();
    if (starting) return wish ? wait(text.waitsForData) : undefined;
    const settled = worlds.dataSettled(world);
    // Loads for settings that have gone are given up; a set that someone chose is not.
    if (loading && chosen === null && loading.id !== experiment.data && shown?.kind !== 'recording')
      stopLoading();
    const failed = data.status === 'failed' && data.id === experiment.data;
    if (data.status !== 'asking' && !settled && !loading && !failed && shown?.kind !== 'recording')
      void loadData(experiment.data, false);
    if (wish === null) return;
    const run = worlds.runOf(world);
    if (run) return begin(run, wish);
    if (failed && !settled && !loading) return refuse(text.notTrained(data.message));
    if (!settled || chosen !== null) return wait(text.waitsForData);
    if (!engine) return wait(text.waitsForEngine);
    if (!engine.chosen) {
      void desk.ask(experiment.engine);
      return refuse(engine.why);
    }
    begin(open(engine.chosen), wish);
  }

  const waits = ({ message }: Notice) => message === text.waitsForData || message === text.waitsForEngine;

  function wait(why: string): void {
    if (world.notices.some(({ message }) => message === why)) return;
    make((from) => worlds.say(worlds.unsay(from, waits), why));
  }

  const refuse = (why: string) => make((from) => worlds.say(worlds.unsay(worlds.withdraw(from), waits), why));

  function begin(run: Run, wish: 'play' | 'step'): void {
    make((from) => worlds.unsay(worlds.opened(from, run), waits));
    run.play(wish === 'step');
  }

  /** Ends the devices of runs that no step back or forth shows any more, and lets those put aside rest. */
  function letGo(): void {
    const wanted = worlds.referenced(world);
    const inHand = worlds.runOf(world);
    for (const run of live) {
      if (!wanted.has(run)) {
        live.delete(run);
        const end = run.close().finally(() => closing.delete(end));
        closing.add(end);
      } else run.aside = run !== inHand;
    }
  }

  // --- running ----------------------------------------------------------------------------------------------------

  function open(engines: readonly EngineId[]): Run {
    const { experiment, dataset, weights } = world;
    const run = new Run({
      id: ++runs,
      experiment,
      dataset: dataset!,
      derived: derived(experiment, dataset),
      weights,
      engines,
      spawn,
      check: engines.some((id) => !checked.has(id)),
      trainAccuracy: () => trainAccuracy,
      onChange: publish,
    });
    live.add(run);
    return run;
  }

  function publish(run: Run, strategy?: StrategyState): void {
    if (closed || worlds.runOf(world) !== run) return;
    const { strategies, engine } = store.getState();
    const fresh = strategy ? meet(strategy) : false;
    store.setState({
      status: run.status,
      run: run.facts,
      ...(strategy && strategy.id in strategies
        ? { strategies: { ...strategies, [strategy.id]: strategy } }
        : {}),
      ...(fresh ? { engine: { ...engine, abouts } } : {}),
    });
  }

  /** Whether a device runs on something that was not known yet. */
  function meet({ devices }: StrategyState): boolean {
    for (const { about } of devices) checked.add(about.engine);
    const fresh = devices
      .map(({ about }) => about)
      .filter(({ name }, index, all) => all.findIndex((one) => one.name === name) === index)
      .filter(({ name }) => !abouts.some((one) => one.name === name));
    abouts = fresh.length > 0 ? [...abouts, ...fresh] : abouts;
    return fresh.length > 0;
  }

  async function settleEngine(): Promise<void> {
    const { engine } = world.experiment;
    await desk.ask(engine);
    // Other settings by now: whoever made them has asked for their own.
    if (world.experiment.engine.join() !== engine.join()) return;
    const { instead } = desk.settled(engine) ?? { instead: [] };
    make((from) => worlds.sayAll(from, instead));
  }

  // --- data -------------------------------------------------------------------------------------------------------

  function stopLoading(): void {
    loading?.stop.abort(new DOMException(text.loadingCancelled, 'AbortError'));
    loading = null;
    world = worlds.still(world);
    store.setState({ data: world.data });
  }

  async function load(
    id: DatasetId | 'files',
    work: (watch: WatchOptions) => Promise<Dataset>,
    answers?: Answers,
  ): Promise<void> {
    loading?.stop.abort(new DOMException(text.loadingCancelled, 'AbortError'));
    const mine = (loading = { id, stop: new AbortController() });
    const { signal } = mine.stop;
    const begun = { status: 'loading', id, phase: 'unpack', file: null, loaded: 0, total: null } as const;
    make((from) => worlds.loading(from, begun));
    try {
      const dataset = await work({
        signal,
        onProgress: (progress) => {
          if (loading !== mine || closed) return;
          world = worlds.loading(world, { status: 'loading', id, ...progress });
          store.setState({ data: world.data });
        },
      });
      if (loading !== mine) return;
      loading = null;
      // Whoever has begun to answer says when it is right.
      const guessed = dataset.understood?.guessed ?? [];
      const open = answers && (guessed.length > 0 || Object.keys(answers).length > 0);
      make((from) => (open ? worlds.asked(from, dataset, answers) : worlds.arrived(from, dataset)));
    } catch (error) {
      if (loading !== mine) return;
      loading = null;
      const why = { message: sentence(error), cancelled: signal.aborted };
      make((from) => worlds.unsay(worlds.notArrived(from, id, why), waits));
    } finally {
      void refreshSets();
    }
  }

  const loadData = (id: DatasetId, download: boolean) =>
    load(id, (watch) => client.load(id, { download, ...watch }));

  function readFiles(answers: Answers): void {
    make((from) => worlds.choose(from, 'files'));
    void load('files', (watch) => client.loadFiles(dropped, watch, answers), answers);
  }

  async function refreshSets(): Promise<void> {
    try {
      sets = await client.availability();
      if (!closed) store.setState({ sets });
    } catch (error) {
      say(sentence(error));
    }
  }

  /** What the browser keeps of a set is changed; a failure is said. */
  const change = (work: Promise<void>) =>
    void work.then(refreshSets, (error: unknown) => say(sentence(error)));

  async function start(): Promise<void> {
    const linked = first.extras.run;
    if (linked !== undefined) await showLinked(encode(first.experiment), linked);
    else if (options.opensOn) await openOn(options.opensOn);
    await Promise.all([refreshSets(), settleEngine()]);
    starting = false;
    if (closed) return;
    if (!first.given.has('data') && world.experiment.data === first.experiment.data && world.shown === null) {
      const there = sets.find(({ id }) => id === PREFERRED);
      const here = there && (there.where === 'beside-app' || there.where === 'cache');
      world = { ...world, experiment: { ...world.experiment, data: here ? PREFERRED : AT_HAND } };
    }
    // One that was chosen meanwhile is on its way already.
    if (loading) return follow();
    await loadData(world.experiment.data, false);
  }

  // --- recordings and weights -------------------------------------------------------------------------------------

  function show(recorded: Recording, run?: string): void {
    openings++;
    const { experiment, notices } = decode(recorded.fragment);
    const shown = shownAs(recorded);
    make((from) => worlds.sayAll(worlds.showRecording(from, experiment, shown, run), notices));
  }

  /** Shows a recording of the settings as they are, unless someone was faster: there is nothing to go back to. */
  async function openOn(fetch: () => Promise<Recording>): Promise<void> {
    const mine = openings;
    const recorded = await fetch().catch(() => null);
    const { experiment, wish, shown, past } = world;
    if (!recorded || mine !== openings || wish || shown || past.length > 0) return;
    if (recorded.fragment !== encode(experiment)) return;
    make((from) => ({ ...from, shown: shownAs(recorded) }));
  }

  /** A run that came with a link. Without it the settings are still good. */
  async function showLinked(fragment: string, run: string): Promise<void> {
    const mine = ++openings;
    try {
      const { fromLink } = await import('./recording/link.ts');
      const recorded = fromLink(run, fragment);
      if (mine === openings) show(recorded, run);
    } catch (error) {
      say(sentence(error));
    }
  }

  /** Begins with the weights of a file, or says why they have no place. */
  function giveWeights(name: string, read: ReadWeights, wish?: Wish): void {
    const arranged = text.weightsArranged(name);
    make((from) => {
      const { experiment, dataset } = from;
      const { plan } = derive(experiment, dataset);
      const standardisation = dataset?.id === experiment.data ? dataset : null;
      const weights = placeWeights(
        name,
        read,
        { plan, strategies: experiment.strategies, standardisation },
        wish,
      );
      // Said once, however often a layer is moved.
      const quiet = worlds.unsay(from, ({ message }) => message === arranged);
      return worlds.giveWeights(quiet, weights, wish ? arranged : text.weightsUsed(name, weights.remarks));
    });
  }

  async function loadWeights(file: File): Promise<void> {
    try {
      giveWeights(file.name, await readWeights(file));
    } catch (error) {
      say(text.fileRefused(file.name, sentence(error)));
    }
  }

  const apply = (next: Experiment, why: Parameters<typeof worlds.change>[2]) =>
    make((from) => worlds.change(from, next, why));

  const actions: SessionActions = {
    change(patch) {
      const next = normalise({ ...world.experiment, ...patch });
      apply(next, (changed) =>
        text.changed(changed.map((name) => FIELDS[name].label.toLowerCase()).join(', ')),
      );
    },
    open(link) {
      const { experiment, notices, given, extras } = decode(fragmentOf(link));
      if (extras.run !== undefined) return void showLinked(encode(experiment), extras.run);
      openings++;
      notices.forEach(say);
      const data = given.has('data') ? experiment.data : world.experiment.data;
      apply({ ...experiment, data }, () => text.experimentOpened);
    },
    show: (recorded) => show(recorded),
    play: () => make((from) => worlds.ask(from, 'play')),
    step: () => make((from) => worlds.ask(from, 'step')),
    pause() {
      make((from) => worlds.unsay(worlds.withdraw(from), waits));
      worlds.runOf(world)?.pause();
    },
    reset: () => make((from) => worlds.unsay(worlds.reset(from), waits)),
    loadWeights: (file) => void loadWeights(file),
    arrangeWeights(wish) {
      const { weights } = world;
      if (!weights) return;
      try {
        giveWeights(weights.name, weights.read, { ...weights.wish, ...wish });
      } catch (error) {
        say(text.fileRefused(weights.name, sentence(error)));
      }
    },
    dropWeights() {
      if (world.weights) make((from) => worlds.giveWeights(from, null, text.ownWeights));
    },
    restart(strategy, rank) {
      const { status, strategies } = store.getState();
      if (status === 'paused' && strategies[strategy]?.status === 'turn') say(text.restartWaits(rank));
      worlds
        .runOf(world)
        ?.restart(strategy, rank)
        .catch((error: unknown) => say(text.notRestarted(rank, sentence(error))));
    },
    undo: (to) => make((from) => worlds.undo(from, to)),
    redo: () => make(worlds.redo),
    setTrainAccuracy(on) {
      trainAccuracy = on;
      store.setState({ trainAccuracy });
    },
    setExtra(key, value) {
      const { [key]: _, ...rest } = world.extras;
      const extras: Extras = value === undefined ? rest : { ...rest, [key]: value };
      if (world.extras[key] !== value) make((from) => ({ ...from, extras }));
    },
    chooseData(id, { download = false } = {}) {
      if (!isDatasetId(id)) return;
      make((from) => worlds.choose(from, id));
      if (world.chosen === id) void loadData(id, download);
    },
    cancelData() {
      loading?.stop.abort(new DOMException(text.loadingCancelled, 'AbortError'));
      if (world.data.status !== 'asking') return;
      const why = { message: text.loadingCancelled, cancelled: true };
      make((from) => worlds.unsay(worlds.notArrived(from, 'files', why), waits));
    },
    dropFiles(files) {
      dropped = files;
      readFiles({});
    },
    answerFiles: readFiles,
    takeFiles() {
      const { data } = world;
      if (data.status === 'asking') make((from) => worlds.arrived(from, data.dataset));
    },
    forgetData: (id) => change(client.forget(id as DatasetId)),
    rememberData: (id) => change(client.remember(id as DatasetId)),
    dismiss: (id) => make((from) => worlds.unsay(from, (one) => one.id === id)),
  };

  return {
    store,
    actions,
    ready: start(),
    parameters: async (strategy) => (await worlds.runOf(world)?.parameters(strategy)) ?? null,
    async close() {
      closed = true;
      loading?.stop.abort(new DOMException(text.loadingCancelled, 'AbortError'));
      await Promise.all([...closing, ...[...live].map((run) => run.close())]);
    },
  };
}
