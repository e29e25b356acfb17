/**
 * From settings to curves. One store, one set of actions; two doors, the page and the terminal.
 * Knows nothing of screens: it is given its data, its workers and its engine choice.
 *
 * Every action is a move from one world to the next (`world.ts`). After a move the store shows the new world at once, and
 * `follow` does what it calls for: loads data, asks for engines, opens a run, lets go of runs that nothing refers to.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DataClient } from '../data/client.ts';
import type { Spawner } from '../devices/device.ts';
import type { EngineAbout, EngineId } from '../engines/contract.ts';
import { AT_HAND, PREFERRED } from '../experiment/datasets.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { decode, encode, fragmentOf } from '../experiment/link.ts';
import { normalise } from '../experiment/repair.ts';
import { STRATEGIES, type StrategyId } from '../experiment/strategies.ts';
import { FIELDS } from '../experiment/table.ts';
import { statusOf } from './course.ts';
import { DataDesk } from './data-desk.ts';
import { deriver } from './derive.ts';
import { EngineDesk, type ChooseEngine } from './engines.ts';
import type { PlacedWeights } from './given-weights.ts';
import { sentence, type House } from './house.ts';
import { idleStrategy } from './idle-strategy.ts';
import type { SessionActions } from './actions.ts';
import type { Recording } from './recording/recording.ts';
import { RecordingDesk } from './recording-desk.ts';
import { Run } from './run.ts';
import type { StrategyState, SessionState } from './state.ts';
import { WeightsDesk } from './weights-desk.ts';
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
  /** That devices may share out among themselves; one where threads cannot share memory. */
  readonly cores: number;
  readonly chooseEngine: ChooseEngine;
  /** Weights to begin with. */
  readonly weights?: PlacedWeights | null;
  /** A recording of the link's experiment to show until something trains; without it the settings are still good. */
  readonly opensOn?: () => Promise<Recording>;
}

export function createSession(options: SessionOptions): Session {
  const { spawn, cores } = options;
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
  /** Until it is known which data set is the first. */
  let starting = true;
  let closed = false;
  let runs = 0;

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

  const house: House = {
    get world() {
      return world;
    },
    get closed() {
      return closed;
    },
    make,
    note(move) {
      if (closed) return;
      world = move(world);
      store.setState({ data: world.data });
    },
    say: (one) => make((from) => worlds.say(from, one)),
  };
  const data = new DataDesk(options.data, house, (sets) => store.setState({ sets }));
  const recordings = new RecordingDesk(house);
  const weights = new WeightsDesk(house);

  const store = createStore<SessionState>(() => stateOf(world));

  /** The whole of what a person can see, from one world: nothing of it can be older or newer than the rest. */
  function stateOf(now: World): SessionState {
    const { experiment, extras, shown, dataset, notices, past, future, wish } = now;
    const run = worlds.runOf(now);
    const { warnings, ...follows } = run?.options.derived ?? derived(experiment, dataset);
    const engine = desk.settled(experiment.engine);
    return {
      experiment,
      fragment: encode(experiment, extras),
      run: run?.facts ?? null,
      notices,
      sets: data.sets,
      data: now.data,
      dataset,
      engine: { chosen: engine?.chosen ?? null, why: engine?.why ?? '', abouts },
      ...follows,
      ...shownOf(now, warnings),
      status:
        run && wish === null ? run.status : shown && !run ? 'finished' : statusOf(wish ? 'asked' : 'idle'),
      weights: now.weights,
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

  // --- what a world calls for -------------------------------------------------------------------------------------

  function follow(): void {
    letGo();
    const { experiment, data: asked, shown, chosen, wish } = world;
    const { loading } = data;
    const engine = desk.settled(experiment.engine);
    if (!engine) void settleEngine();
    if (starting) return wish ? wait(text.waitsForData) : undefined;
    const settled = worlds.dataSettled(world);
    // Loads for settings that have gone are given up; a set that someone chose is not.
    if (loading && chosen === null && loading !== experiment.data && shown?.kind !== 'recording')
      data.giveUp();
    const failed = asked.status === 'failed' && asked.id === experiment.data;
    if (asked.status !== 'asking' && !settled && !data.loading && !failed && shown?.kind !== 'recording')
      void data.loadSet(experiment.data, false);
    if (wish === null) return;
    const run = worlds.runOf(world);
    if (run) return begin(run, wish);
    if (failed && !settled && !data.loading) return refuse(text.notTrained(asked.message));
    if (!settled || chosen !== null) return wait(text.waitsForData);
    if (!engine) return wait(text.waitsForEngine);
    if (!engine.chosen) {
      void desk.ask(experiment.engine);
      return refuse(engine.why);
    }
    begin(open(engine.chosen), wish);
  }

  function wait(why: string): void {
    if (world.notices.some(({ message }) => message === why)) return;
    make((from) => worlds.say(worlds.unsay(from, worlds.isWait), why));
  }

  const refuse = (why: string) =>
    make((from) => worlds.say(worlds.unsay(worlds.withdraw(from), worlds.isWait), why));

  function begin(run: Run, wish: 'play' | 'step'): void {
    make((from) => worlds.unsay(worlds.opened(from, run), worlds.isWait));
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
    const { experiment, dataset } = world;
    const run = new Run({
      id: ++runs,
      experiment,
      dataset: dataset!,
      derived: derived(experiment, dataset),
      weights: world.weights,
      engines,
      spawn,
      cores,
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

  // --- the beginning ----------------------------------------------------------------------------------------------

  async function start(): Promise<void> {
    const linked = first.extras.run;
    if (linked !== undefined) await recordings.showLinked(encode(first.experiment), linked);
    else if (options.opensOn) await recordings.openOn(options.opensOn);
    await Promise.all([data.refresh(), settleEngine()]);
    starting = false;
    if (closed) return;
    if (!first.given.has('data') && world.experiment.data === first.experiment.data && world.shown === null) {
      const there = data.sets.find(({ id }) => id === PREFERRED);
      const here = there && (there.where === 'beside-app' || there.where === 'cache');
      world = { ...world, experiment: { ...world.experiment, data: here ? PREFERRED : AT_HAND } };
    }
    // One that was chosen meanwhile is on its way already.
    if (data.loading) return follow();
    await data.loadSet(world.experiment.data, false);
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
      if (extras.run !== undefined) return void recordings.showLinked(encode(experiment), extras.run);
      recordings.pass();
      notices.forEach(house.say);
      const set = given.has('data') ? experiment.data : world.experiment.data;
      apply({ ...experiment, data: set }, () => text.experimentOpened);
      // What is swept is part of what a link asks for.
      actions.setExtra('sweep', extras.sweep);
      if (extras.view !== undefined) actions.setExtra('view', extras.view);
    },
    show: (recorded) => recordings.show(recorded),
    play: () => make((from) => worlds.ask(from, 'play')),
    step: () => make((from) => worlds.ask(from, 'step')),
    pause() {
      make((from) => worlds.unsay(worlds.withdraw(from), worlds.isWait));
      worlds.runOf(world)?.pause();
    },
    reset: () => make((from) => worlds.unsay(worlds.reset(from), worlds.isWait)),
    loadWeights: (file) => void weights.load(file),
    arrangeWeights: (wish) => weights.arrange(wish),
    dropWeights: () => weights.drop(),
    restart(strategy, rank) {
      const { status, strategies } = store.getState();
      if (status === 'paused' && strategies[strategy]?.status === 'turn') house.say(text.restartWaits(rank));
      worlds
        .runOf(world)
        ?.restart(strategy, rank)
        .catch((error: unknown) => house.say(text.notRestarted(rank, sentence(error))));
    },
    undo: (to) => make((from) => worlds.undo(from, to)),
    redo: () => make(worlds.redo),
    setTrainAccuracy(on) {
      trainAccuracy = on;
      store.setState({ trainAccuracy });
    },
    setExtra(key, value) {
      if (world.extras[key] !== value) make((from) => worlds.setExtra(from, key, value));
    },
    chooseData: (id, how) => data.choose(id, how),
    cancelData: () => data.leave(),
    dropFiles: (files) => data.drop(files),
    answerFiles: (answers) => data.read(answers),
    takeFiles: () => data.take(),
    forgetData: (id) => data.forget(id),
    rememberData: (id) => data.remember(id),
    dismiss: (id) => make((from) => worlds.unsay(from, (one) => one.id === id)),
  };

  return {
    store,
    actions,
    ready: start(),
    parameters: async (strategy) => (await worlds.runOf(world)?.parameters(strategy)) ?? null,
    async close() {
      closed = true;
      data.cancel();
      await Promise.all([...closing, ...[...live].map((run) => run.close())]);
    },
  };
}
