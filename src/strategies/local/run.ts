/**
 * Parts that train alone: what conventional training (one part) and SIL (one per partition) have in common.
 * During a turn no part says anything to another.
 */
import { loadImages } from '../../devices/load-images.ts';
import type { Objective, Source, Split, StageSpec } from '../../engines/contract.ts';
import { fixedOf, imagesOf, tableOf } from '../../engines/ends.ts';
import { Device, newJob } from '../../devices/device.ts';
import type { Turn } from '../../experiment/schedule.ts';
import type { NetworkSpec } from '../../network/spec.ts';
import type { LayerSpec } from '../../network/layers/layers.ts';
import { chainReport, evaluateOnChain } from '../chain/report.ts';
import type { EvaluationReport, RunContext, StrategyRun, TurnReport, TurnRequest } from '../contract.ts';
import { joined } from '../flat.ts';
import { linkPairs, openRun, type RunDevice } from '../open-devices.ts';
import type { Programs } from '../programs.ts';
import { imageFeed, weighing } from '../balance.ts';
import { together } from '../together.ts';
import { firstSteps } from './copy.ts';
import type { Feed, LocalTurnResult } from './train.ts';

/** What one device holds and trains. */
export interface LocalPart {
  readonly layers: readonly LayerSpec[];
  readonly parameters: Float32Array;
  readonly source: Source;
  readonly objective: Objective;
  /** As a stage has them. */
  readonly classWeights?: Float32Array | undefined;
  /**
   * Steps after which the first part's parameters are the fixed ones of this part's source: it takes them itself, before
   * its own. Default 0: they stay as they are.
   */
  readonly copySteps?: number;
  /** Steps after which this part has had enough, counted from the start of training. */
  readonly budget: number;
  readonly flopsPerStep: number;
}

/** The network the parts make together, for recovery and for whoever wants its weights. */
export interface Whole {
  readonly network: NetworkSpec;
  readonly flopsPerStep: number;
}

/** How often a join is tried again because a device was lost in it. */
const REJOINS = 2;

const PART = 'part';
const JOINED = 'joined';
const COPY = 'copy of the first part';

export async function openLocalRun(
  context: RunContext,
  parts: readonly LocalPart[],
  joint: Whole,
): Promise<StrategyRun> {
  const ranks = parts.slice(1).map((_, index) => index + 1);
  const pairs = [
    ...ranks.map((rank) => [rank - 1, rank] as const),
    ...ranks.map((rank) => [0, rank] as const),
  ];
  return openRun(context, parts.length, pairs, async (devices) => {
    const run = new LocalRun(context, parts, joint, devices);
    await run.build();
    return run;
  });
}

/** A turn of training, to be done again by a device that was not there. */
type Done = Pick<TurnRequest, 'turn' | 'learningRates'>;

class LocalRun implements StrategyRun {
  readonly devices: RunDevice[];
  readonly failed: Promise<Error>;
  readonly lost = new Map<number, string>();
  private readonly context: RunContext;
  private readonly parts: readonly LocalPart[];
  private readonly joint: Whole;
  /** Once joined, the first device holds and trains the whole network; the others wait. */
  private joined = false;

  constructor(context: RunContext, parts: readonly LocalPart[], joint: Whole, devices: readonly RunDevice[]) {
    this.context = context;
    this.parts = parts;
    this.joint = joint;
    this.devices = [...devices];
    this.failed = new Promise((resolve) => (this.fail = resolve));
    this.devices.forEach((device) => this.watch(device));
  }

  private fail!: (error: Error) => void;
  private readonly history: Done[] = [];

  private readonly listeners = new Set<() => void>();
  /** Ends what is being opened when the run is closed. */
  private readonly life = new AbortController();

  /** Partitions do without each other while they train; a network that is whole does not survive its device. */
  private watch(device: RunDevice): void {
    device.onLost((error) => {
      if (this.devices[device.rank] !== device) return;
      this.lost.set(device.rank, error.message);
      for (const tell of this.listeners) tell();
      if (this.joined ? device.rank === 0 : this.lost.size === this.parts.length) this.fail(error);
    });
  }

  onLost(listener: () => void): void {
    this.listeners.add(listener);
  }

  get whole(): boolean {
    return this.joined ? !this.lost.has(0) : this.lost.size === 0;
  }

  async build(): Promise<void> {
    await Promise.all(this.parts.map((_, rank) => this.buildPart(rank)));
  }

  private async buildPart(rank: number): Promise<void> {
    const { layers, parameters, source, objective, classWeights } = this.parts[rank];
    const spec = this.spec({ layers, source, objective, classWeights }, parameters);
    await this.devices[rank].remote.build(PART, spec);
    if (imagesOf(source) && !this.parts[rank].copySteps) await this.loadImages(rank, PART);
  }

  /** Devices that have made their copy of the first part. */
  private readonly copied = new WeakSet<RunDevice>();

  /** Before a part's first step: the copy that it trains behind, if any. @returns What making it took. */
  private async makeCopy(rank: number): Promise<{ readonly steps: number; readonly ms: number }> {
    const device = this.devices[rank];
    const { copySteps: steps = 0, parameters, source, ...part } = this.parts[rank];
    const [{ layers, parameters: begun, source: images, objective, classWeights }] = this.parts;
    const fixed = fixedOf(source);
    if (steps === 0 || !fixed || source.kind !== 'fixed' || this.copied.has(device))
      return { steps: 0, ms: 0 };
    const copy = this.spec({ layers, source: images, objective, classWeights }, begun);
    await device.remote.build(COPY, copy);
    await this.loadImages(rank, COPY);
    let ms = 0;
    for (const { feed, learningRates } of firstSteps(this.context, steps))
      ms += (await this.train(rank, COPY, feed, learningRates, true)).ms;
    const copied = { ...fixed, parameters: await device.remote.readParameters(COPY) };
    await device.remote.drop(COPY);
    const own = { layers: part.layers, objective: part.objective, classWeights: part.classWeights };
    await device.remote.build(PART, this.spec({ ...own, source: { ...source, fixed: copied } }, parameters));
    await this.loadImages(rank, PART);
    this.copied.add(device);
    return { steps, ms };
  }

  /** A partition needs nobody: it does its missed steps again, from the same seed, and is as if it had never left. */
  async restart(rank: number): Promise<void> {
    if (!this.lost.has(rank)) return;
    const { engines, spawn, threads } = this.context;
    const gone = this.devices[rank];
    const device = await Device.open<Programs>(rank, engines[rank] ?? engines[0], spawn, {
      signal: this.life.signal,
      threads: threads?.(this.devices.length) ?? 1,
      inPlaceOf: gone,
    });
    void gone.close();
    this.devices[rank] = device;
    this.watch(device);
    // Once joined it only waits, as the others do.
    if (!this.joined) {
      await this.buildPart(rank);
      if (this.history.length > 0) await this.makeCopy(rank);
      for (const { turn, learningRates } of this.history) {
        const feed = this.feed(rank, turn, turn.epoch);
        if (feed) await this.train(rank, PART, feed.feed, learningRates.slice(0, feed.steps));
      }
      await this.linkAgain(rank);
    }
    if (device.gone) throw device.gone;
    this.lost.delete(rank);
  }

  private async linkAgain(rank: number): Promise<void> {
    const beside = [rank - 1, rank + 1, ...(rank === 0 ? this.parts.keys() : [0])];
    for (const other of beside) {
      if (other < 0 || other >= this.parts.length || this.lost.has(other)) continue;
      try {
        await linkPairs(this.devices, [[rank, other]]);
      } catch (error) {
        // One that is lost meanwhile is linked when it comes back.
        if (!this.lost.has(other)) throw error;
      }
    }
  }

  async turn(request: TurnRequest): Promise<TurnReport> {
    const { turn, learningRates, onProgress } = request;
    const stops = this.devices.map((device) => device.onProgress(onProgress));
    if (!this.joined) this.history.push({ turn, learningRates });
    try {
      const ranks = await Promise.all(
        this.parts.map(async (_, rank) => {
          const result = await this.turnOf(rank, request);
          onProgress({ rank, steps: result.steps, loss: result.loss, done: true });
          return result;
        }),
      );
      const flops = this.joined
        ? this.joint.flopsPerStep * ranks[0].steps
        : ranks.reduce(
            (sum, { steps, copied }, rank) =>
              sum + steps * this.parts[rank].flopsPerStep + copied * this.parts[0].flopsPerStep,
            0,
          );
      return {
        loss: this.joined || this.parts.length === 1 ? ranks[0].loss : null,
        ms: Math.max(...ranks.map(({ ms }) => ms)),
        ranks,
        flops,
      };
    } finally {
      for (const stop of stops) stop();
    }
  }

  /** What one rank does in a turn: nothing, where it has had enough or is not there. */
  private async turnOf(
    rank: number,
    { phase, turn, learningRates }: TurnRequest,
  ): Promise<LocalTurnResult & { readonly copied: number }> {
    const idle = { loss: NaN, steps: 0, ms: 0, copied: 0 };
    if (this.joined && rank > 0) return idle;
    const { epochs } = this.context.experiment;
    const feed = this.feed(rank, turn, phase === 'recovery' ? epochs + turn.epoch : turn.epoch);
    if (!feed || this.lost.has(rank)) return idle;
    try {
      const stage = this.joined ? JOINED : PART;
      const copy = this.joined ? { steps: 0, ms: 0 } : await this.makeCopy(rank);
      const result = await this.train(rank, stage, feed.feed, learningRates.slice(0, feed.steps));
      return { ...result, ms: copy.ms + result.ms, copied: copy.steps };
    } catch (error) {
      // One partition's loss is its own; where it is the whole network's, it ends the run.
      if (this.parts.length === 1 || this.joined || !this.lost.has(rank)) throw error;
      return idle;
    }
  }

  async evaluate(split: Split, order: Uint32Array): Promise<EvaluationReport> {
    const started = performance.now();
    const active = this.joined ? this.devices.slice(0, 1) : this.devices;
    const stage = this.joined ? JOINED : PART;
    const { labels } = this.context.data[split];
    const scores = await evaluateOnChain(active, stage, split, order, labels);
    return {
      ...chainReport(scores),
      nearestLabel: scores
        .slice(0, -1)
        .map(({ score }, rank) => (tableOf(this.parts[rank].objective) ? score.correct / score.count : NaN)),
      deadUnits: scores.slice(0, -1).map(({ deadUnits }) => deadUnits),
      ms: performance.now() - started,
    };
  }

  async beginRecovery(): Promise<void> {
    if (this.joined || this.devices.length === 1) return;
    // Only a whole network can be joined; what is lost on the way comes back, too, but not for ever.
    for (let again = REJOINS; !this.joined; again--) {
      for (const rank of [...this.lost.keys()]) await this.restart(rank);
      try {
        await this.join();
      } catch (error) {
        if (this.lost.size === 0 || again === 0) throw error;
      }
    }
    await this.loadImages(0, JOINED);
  }

  private async join(): Promise<void> {
    const others = this.devices.slice(1);
    const spec = this.spec({
      layers: this.joint.network,
      source: this.parts[0].source,
      objective: this.parts[this.parts.length - 1].objective,
      ...weighing(this.context),
    });
    const from = others.map(({ rank }) => rank);
    await together(this.devices, async (device, job) => {
      if (device.rank > 0) return device.run('sendParameters', { stage: PART, to: 0 }, job);
      await device.run('joinParameters', { stage: PART, from, as: JOINED, spec }, job);
      this.joined = true;
    }).catch((error: unknown) => {
      // Who is lost after its parameters have gone is not missed.
      if (!this.joined) throw error;
    });
  }

  async parameters(): Promise<Float32Array<ArrayBuffer>> {
    if (this.joined) return this.devices[0].remote.readParameters(JOINED);
    const parts = await Promise.all(this.devices.map((device) => device.remote.readParameters(PART)));
    return joined(parts);
  }

  async pause(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.pause()));
  }

  async resume(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.resume()));
  }

  async close(): Promise<void> {
    this.life.abort(new DOMException('The run was closed.', 'AbortError'));
    await Promise.all(this.devices.map((device) => device.close()));
  }

  private train(
    rank: number,
    stage: string,
    feed: Feed,
    learningRates: Float32Array,
    silent = false,
  ): Promise<LocalTurnResult> {
    const { batch } = this.context.experiment;
    return this.devices[rank].run('trainLocal', { stage, batch, feed, learningRates, silent }, newJob());
  }

  private spec(
    part: Pick<StageSpec, 'layers' | 'source' | 'objective' | 'classWeights'>,
    parameters: Float32Array = new Float32Array(0),
  ): StageSpec {
    const { batch, optimizer, decay } = this.context.experiment;
    return { ...part, parameters, batch, optimizer, decay, training: 'local' };
  }

  /** What a rank trains on in a turn and how many steps it takes; null where it has had enough. */
  private feed(rank: number, turn: Turn, shuffle: number): { feed: Feed; steps: number } | null {
    const { experiment, data } = this.context;
    const { seed, mix } = experiment;
    const part = this.parts[rank];
    if (this.joined || imagesOf(part.source)) {
      const feed: Feed = { kind: 'images', ...imageFeed(this.context, turn, shuffle) };
      return { feed, steps: turn.to - turn.from };
    }
    const to = Math.min(turn.to, part.budget);
    if (to <= turn.from) return null;
    return {
      feed: { kind: 'labels', seed, classes: data.classes, mix, from: turn.from, to },
      steps: to - turn.from,
    };
  }

  /** Images of both splits onto a device; an evaluation reads them on the first alone. */
  private async loadImages(rank: number, stage: string): Promise<void> {
    const { data } = this.context;
    for (const split of rank === 0 ? (['train', 'test'] as const) : (['train'] as const))
      await loadImages(this.devices[rank], stage, split, data[split]);
  }
}
