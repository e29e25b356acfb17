/**
 * A run in progress: from settings to curves. One store, one set of actions; two doors, the page and the terminal.
 * Knows nothing of screens: it is given its data, its workers and its engine choice.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DataClient } from '../data/client.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Spawner } from '../devices/device.ts';
import type { EngineChoice } from '../engines/choose.ts';
import type { EngineId } from '../engines/contract.ts';
import { DATASETS, type DatasetId, type DataShape } from '../experiment/datasets.ts';
import type { Experiment, FieldName } from '../experiment/experiment.ts';
import { decode, encode, fragmentOf } from '../experiment/link.ts';
import type { Notice } from '../experiment/notice.ts';
import { labelTables, plan as planOf, type Plan } from '../experiment/plan.ts';
import { check, normalise } from '../experiment/repair.ts';
import type { StrategyId } from '../experiment/strategies.ts';
import { FIELDS } from '../experiment/table.ts';
import { duplicateLabels, unreachableLabels } from '../labels/diagnostics.ts';
import { readSafetensors } from '../export/safetensors.ts';
import { STRATEGY_LIST } from '../strategies/registry.ts';
import { fitsPlan, placeWeights } from './given-weights.ts';
import { Run } from './run.ts';
import { idleMode } from './mode.ts';
import { replay, type Recording } from './recording/recording.ts';
import type { ModeState, SessionActions, SessionNotice, SessionState } from './state.ts';
import { sessionText as text } from './words.ts';

export interface Session {
  readonly store: StoreApi<SessionState>;
  readonly actions: SessionActions;
  /** Resolves when the first data set is there or has failed. */
  readonly ready: Promise<void>;
  /** Parameters of a mode's joined network, or null before it has started. */
  parameters(mode: StrategyId): Promise<Float32Array<ArrayBuffer> | null>;
  /** Ends every worker. */
  close(): Promise<void>;
}

export interface SessionOptions {
  /** Where to begin: a link or a fragment; empty for the defaults. */
  readonly link: string;
  readonly data: DataClient;
  readonly spawn: Spawner;
  readonly chooseEngine: (choice: 'auto' | EngineId) => Promise<Pick<EngineChoice, 'id' | 'why'>>;
}

/** A run put aside, with all that belongs to it. */
interface Parked {
  readonly experiment: Experiment;
  readonly run: Run | null;
  readonly modes: SessionState['modes'];
  readonly status: SessionState['status'];
  readonly weights: SessionState['weights'];
  readonly recording: SessionState['recording'];
}

export function createSession(options: SessionOptions): Session {
  const { data: client, spawn } = options;
  const first = decode(fragmentOf(options.link));
  let { extras } = first;
  let notices = 0;
  let run: Run | null = null;
  let parked: Parked | null = null;
  let loading: AbortController | null = null;
  /** Until the first data set is being loaded. */
  let starting = true;
  /** Someone pressed Train before there was data. */
  let playWhenLoaded = false;
  /** Engines whose arithmetic was found right on this machine. */
  const checked = new Set<EngineId | 'reference'>();

  const notice = (one: Notice | string, action?: 'undo'): SessionNotice => ({
    ...(typeof one === 'string' ? { message: one } : one),
    id: ++notices,
    ...(action ? { action } : {}),
  });

  const store = createStore<SessionState>(() => ({
    experiment: first.experiment,
    fragment: encode(first.experiment, extras),
    notices: first.notices.map((one) => notice(one)),
    sets: [],
    data: { status: 'none' },
    dataset: null,
    engine: { chosen: null, abouts: [], why: '' },
    ...derive(first.experiment, null),
    status: 'idle',
    error: null,
    modes: idleModes(first.experiment, []),
    weights: null,
    recording: null,
    trainAccuracy: false,
    canUndo: false,
  }));
  const { getState: get, setState: set } = store;

  const say = (one: Notice | string, action?: 'undo') =>
    set(({ notices: shown }) => ({
      notices: [...shown.filter((old) => !(action && old.action)), notice(one, action)].slice(-6),
    }));

  /** Everything that follows from the settings and the data's sizes. */
  function derive(
    experiment: Experiment,
    dataset: Dataset | null,
  ): Pick<SessionState, 'plan' | 'prices' | 'labels' | 'stepsPerEpoch' | 'totalSteps' | 'recoverySteps'> {
    const shape: DataShape =
      dataset?.id === experiment.data
        ? {
            pixels: dataset.pixels,
            classes: dataset.classes,
            trainCount: dataset.train.count,
            testCount: dataset.test.count,
          }
        : DATASETS[experiment.data].shape;
    const plan = planOf(experiment, shape);
    return {
      plan,
      prices: Object.fromEntries(
        STRATEGY_LIST.map((strategy) => [strategy.id, strategy.price(experiment, plan, shape)]),
      ),
      labels: labelTables(plan, experiment).map(({ width, values }, index) => ({
        cut: plan.cuts[index].after,
        width,
        values,
      })),
      stepsPerEpoch: plan.stepsPerEpoch,
      totalSteps: plan.totalSteps,
      recoverySteps: plan.recoverySteps,
    };
  }

  function idleModes(experiment: Experiment, warnings: readonly string[]): SessionState['modes'] {
    return Object.fromEntries(experiment.modes.map((id) => [id, idleMode(id, id === 'sil' ? warnings : [])]));
  }

  /** What can be said of the labels before any training. */
  function labelWarnings(plan: Plan, labels: SessionState['labels']): string[] {
    return labels.flatMap(({ width, values }, index) => {
      const table = { classes: plan.classes, width, values };
      return [duplicateLabels(table).message, unreachableLabels(table, plan.cuts[index].boundary)]
        .filter((message) => message !== null)
        .map((message) => text.atCut(index, message));
    });
  }

  /** Puts the run in hand aside, where `undo` finds it. What was there before is let go. */
  function park(): boolean {
    const { experiment, modes, status, weights, recording } = get();
    const began = Object.values(modes).some((mode) => mode.points.length > 0 || mode.status !== 'idle');
    if (!began) return false;
    void parked?.run?.close();
    void run?.pause();
    parked = {
      experiment,
      run,
      modes,
      weights,
      recording,
      status: status === 'running' || status === 'preparing' ? 'paused' : status,
    };
    run?.mute();
    run = null;
    return true;
  }

  /** Makes these settings the current ones, from the start. */
  function begin(experiment: Experiment): void {
    const { dataset } = get();
    const derived = derive(experiment, dataset);
    // A link with a run in it stands for that run only as long as it is the one that is shown.
    const { run: _, ...rest } = extras;
    extras = rest;
    set({
      recording: null,
      experiment,
      fragment: encode(experiment, extras),
      ...derived,
      status: 'idle',
      error: null,
      modes: idleModes(experiment, derived.plan ? labelWarnings(derived.plan, derived.labels) : []),
      canUndo: parked !== null,
    });
    dropMisfits();
  }

  /** Settings that a run in hand can take in its stride. */
  const restarts = (name: FieldName) => FIELDS[name].restarts && name !== 'modes';

  function apply(next: Experiment, why: (changed: readonly FieldName[]) => string): void {
    const before = get().experiment;
    const changed = (Object.keys(next) as FieldName[]).filter(
      (name) => JSON.stringify(next[name]) !== JSON.stringify(before[name]),
    );
    if (changed.length === 0) return;
    const refused = check(next);
    if (refused.length > 0) return refused.forEach((one) => say(one));
    if (!changed.some(restarts) && !get().recording) {
      const modes = Object.fromEntries(
        next.modes.map((id) => [id, run?.stateOf(id) ?? get().modes[id] ?? idleMode(id)]),
      );
      set({ experiment: next, fragment: encode(next, extras), modes });
      if (run && changed.includes('modes') && get().status === 'finished') set({ status: 'paused' });
      return;
    }
    const wasParked = park();
    begin(next);
    if (wasParked) say(why(changed), 'undo');
    if (changed.includes('engine')) void settleEngine();
    if (changed.includes('data')) void loadData(next.data, false);
  }

  /** Weights from a file stay only while they fit. */
  function dropMisfits(): void {
    const { weights, plan } = get();
    if (!weights || !plan || fitsPlan(weights.given, plan)) return;
    set({ weights: null });
    say(text.weightsPutAside(weights.name));
  }

  async function loadWeights(file: File): Promise<void> {
    try {
      const { plan } = get();
      if (!plan) throw new Error(text.dataFirst);
      const given = placeWeights(readSafetensors(new Uint8Array(await file.arrayBuffer())), plan);
      const wasParked = park();
      set({ weights: { name: file.name, given } });
      begin(get().experiment);
      say(text.weightsUsed(file.name), wasParked ? 'undo' : undefined);
    } catch (error) {
      say(text.fileRefused(file.name, error instanceof Error ? error.message : String(error)));
    }
  }

  function show(recorded: Recording, found: typeof extras = {}): void {
    const { experiment, notices: wrong } = decode(recorded.fragment);
    const wasParked = park();
    begin(experiment);
    wrong.forEach((one) => say(one));
    const { machine, date, data } = recorded;
    extras = { ...extras, ...found };
    set({
      modes: replay(recorded),
      status: 'finished',
      recording: { machine, date, data },
      fragment: encode(experiment, extras),
    });
    if (wasParked) say(text.recordingShown, 'undo');
  }

  /** A run that came with a link. Without it the settings are still good. */
  async function showLinked(fragment: string, run: string): Promise<void> {
    try {
      const { fromLink } = await import('./recording/codec.ts');
      show(fromLink(run, fragment), { run });
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  }

  async function settleEngine(): Promise<void> {
    const asked = get().experiment.engine;
    const choices = [...new Set(asked)];
    const answers = await Promise.all(choices.map((choice) => options.chooseEngine(choice)));
    if (get().experiment.engine !== asked) return;
    const engines = asked.map((choice) => answers[choices.indexOf(choice)].id);
    const chosen = engines.filter((id) => id !== null);
    choices.forEach((choice, index) => {
      if (choice !== 'auto' && answers[index].id !== choice) say(answers[index].why);
    });
    const why = [...new Set(answers.map((answer) => answer.why))].join(' ');
    set({ engine: { chosen: chosen.length === engines.length ? chosen : null, abouts: [], why } });
  }

  // --- data -------------------------------------------------------------------------------------------------------

  function useDataset(dataset: Dataset): void {
    const { experiment, recording } = get();
    if (recording && dataset.id === experiment.data) {
      set({ dataset, data: { status: 'ready', dataset }, ...derive(experiment, dataset) });
      return;
    }
    const replaced = get().dataset !== null && park();
    set({ dataset, data: { status: 'ready', dataset } });
    begin({ ...experiment, data: dataset.id });
    if (replaced) say(text.dataChanged(dataset.name), 'undo');
  }

  async function load(id: string, work: (signal: AbortSignal) => Promise<Dataset>): Promise<void> {
    loading?.abort();
    const controller = (loading = new AbortController());
    set({ data: { status: 'loading', id, phase: 'unpack', file: null, loaded: 0, total: null } });
    try {
      const dataset = await work(controller.signal);
      if (controller.signal.aborted) return;
      useDataset(dataset);
      if (playWhenLoaded) go(false);
    } catch (error) {
      if (controller !== loading) return;
      const { dataset } = get();
      if (controller.signal.aborted)
        set({ data: dataset ? { status: 'ready', dataset } : { status: 'none' } });
      else
        set({
          data: { status: 'failed', id, message: error instanceof Error ? error.message : String(error) },
        });
    } finally {
      if (controller === loading) {
        loading = null;
        playWhenLoaded = false;
        // Either it trains now or why not has been said.
        set(({ notices: shown }) => ({
          notices: shown.filter(({ message }) => message !== text.waitsForData),
        }));
      }
      void refreshSets();
    }
  }

  const loadData = (id: DatasetId, download: boolean) =>
    load(id, (signal) => client.load(id, { download, signal, onProgress: onProgress(id) }));

  const onProgress =
    (id: string) =>
    (progress: { phase: string; file: string | null; loaded: number; total: number | null }): void => {
      if (get().data.status === 'loading') set({ data: { status: 'loading', id, ...progress } });
    };

  async function refreshSets(): Promise<void> {
    try {
      set({ sets: await client.availability() });
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
  }

  async function start(): Promise<void> {
    const linked = extras.run;
    if (linked !== undefined) await showLinked(encode(first.experiment), linked);
    await Promise.all([refreshSets(), settleEngine()]);
    let { data } = get().experiment;
    if (!first.given.has('data') && !get().recording) {
      const there = get().sets.find(({ id }) => id === 'emnist-balanced');
      data = there && (there.where === 'beside-app' || there.where === 'cache') ? 'emnist-balanced' : 'mnist';
    }
    const loaded = loadData(data, false);
    starting = false;
    await loaded;
  }

  // --- running ----------------------------------------------------------------------------------------------------

  function openRun(): Run | null {
    const { engine, dataset, experiment, plan, labels, weights } = get();
    if (!engine.chosen || !dataset || !plan) return null;
    const chosen = engine.chosen;
    const opened: Run = new Run({
      context: {
        experiment,
        plan,
        data: dataset,
        weights: weights?.given ?? null,
        engines: chosen,
        spawn,
        check: chosen.some((id) => !checked.has(id)),
      },
      warnings: labelWarnings(plan, labels),
      experiment: () => get().experiment,
      trainAccuracy: () => get().trainAccuracy,
      publish: (mode) => publish(opened, mode),
      onStatus: (status) => {
        if (run === opened) set({ status });
      },
    });
    return opened;
  }

  function publish(from: Run, mode: ModeState): void {
    if (run !== from) return;
    for (const { about } of mode.devices) checked.add(about.engine);
    set(({ modes, engine }) => {
      const { abouts } = engine;
      const known = new Set(abouts.map(({ name }) => name));
      const news = mode.devices.map(({ about }) => about).filter(({ name }) => !known.has(name));
      const fresh = news.filter(
        (about, index) => news.findIndex(({ name }) => name === about.name) === index,
      );
      return {
        modes: mode.id in modes ? { ...modes, [mode.id]: mode } : modes,
        engine: fresh.length > 0 ? { ...engine, abouts: [...abouts, ...fresh] } : engine,
      };
    });
  }

  function go(once: boolean): void {
    const { status, dataset, engine } = get();
    if (status === 'running' || status === 'preparing') return;
    if (get().recording) {
      park();
      begin(get().experiment);
      say(text.fromRecording, 'undo');
    }
    if (!dataset && (starting || loading)) {
      if (!playWhenLoaded) say(text.waitsForData);
      playWhenLoaded = true;
      return;
    }
    if (!dataset) return say(text.noData);
    if (!engine.chosen) return say(engine.why || text.engineNotChosen);
    run ??= openRun();
    void run?.play(once);
  }

  const actions: SessionActions = {
    change(patch) {
      const next = normalise({ ...get().experiment, ...patch });
      apply(next, (changed) => {
        const labels = changed.map((name) => FIELDS[name].label.toLowerCase()).join(', ');
        return text.changed(labels);
      });
    },
    open(link) {
      const { experiment, notices: found, given, extras: linked } = decode(fragmentOf(link));
      if (linked.run !== undefined) return void showLinked(encode(experiment), linked.run);
      found.forEach((one) => say(one));
      const data = given.has('data') ? experiment.data : get().experiment.data;
      apply({ ...experiment, data }, () => text.experimentOpened);
    },
    show: (recorded) => show(recorded),
    play: () => go(false),
    pause: () => void run?.pause(),
    step: () => go(true),
    reset() {
      const kept = park();
      begin(get().experiment);
      if (kept) say(text.wasReset, 'undo');
    },
    loadWeights: (file) => void loadWeights(file),
    dropWeights() {
      if (!get().weights) return;
      const wasParked = park();
      set({ weights: null });
      begin(get().experiment);
      if (wasParked) say(text.ownWeights, 'undo');
    },
    restart(mode, rank) {
      run?.restart(mode, rank).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        say(text.notRestarted(rank, why));
      });
    },
    undo() {
      if (!parked) return;
      const back = parked;
      parked = null;
      park();
      run = back.run;
      run?.unmute();
      set({ weights: back.weights });
      begin(back.experiment);
      set(({ notices: shown }) => ({
        modes: back.modes,
        status: back.status,
        recording: back.recording,
        canUndo: parked !== null,
        notices: shown.filter(({ action }) => action !== 'undo'),
      }));
      run?.republish();
      if (get().dataset?.id !== back.experiment.data) void loadData(back.experiment.data, false);
    },
    setTrainAccuracy: (on) => set({ trainAccuracy: on }),
    setExtra(key, value) {
      if (extras[key] === value) return;
      const { [key]: _, ...rest } = extras;
      extras = value === undefined ? rest : { ...rest, [key]: value };
      set({ fragment: encode(get().experiment, extras) });
    },
    chooseData(id, { download = false } = {}) {
      if (id in DATASETS) void loadData(id as DatasetId, download);
    },
    cancelData: () => loading?.abort(new DOMException('Loading was cancelled.', 'AbortError')),
    dropFiles: (files) =>
      void load('files', (signal) => client.loadFiles(files, { signal, onProgress: onProgress('files') })),
    forgetData: (id) => void client.forget(id as DatasetId).then(refreshSets),
    rememberData: (id) => void client.remember(id as DatasetId).then(refreshSets),
    dismiss: (id) => set(({ notices: shown }) => ({ notices: shown.filter((one) => one.id !== id) })),
  };

  return {
    store,
    actions,
    ready: start(),
    parameters: async (mode) => (await run?.parameters(mode)) ?? null,
    async close() {
      loading?.abort();
      await Promise.all([run?.close(), parked?.run?.close()]);
    },
  };
}
