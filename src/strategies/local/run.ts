/**
 * Parts that train alone: what conventional training (one part) and SIL (one per partition) have in common.
 * During a turn no part says anything to another.
 */
import { loadImages } from '../../devices/load-images.ts';
import type { Objective, Source, Split, StageSpec } from '../../engines/contract.ts';
import { fixedOf, imagesOf, tableOf } from '../../engines/ends.ts';
import { newJob } from '../../devices/device.ts';
import type { Turn } from '../../experiment/schedule.ts';
import type { NetworkSpec } from '../../network/spec.ts';
import type { LayerSpec } from '../../network/layers/layers.ts';
import { chainReport, evaluateOnChain } from '../chain/report.ts';
import { ApartRun, IDLE, type Done, type RankTurn } from '../apart/run.ts';
import type { EvaluationReport, RunContext, StrategyRun } from '../contract.ts';
import { joined } from '../flat.ts';
import { openRun, type RunDevice } from '../open-devices.ts';
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

class LocalRun extends ApartRun implements StrategyRun {
  private readonly parts: readonly LocalPart[];
  private readonly joint: Whole;
  /** Once joined, the first device holds and trains the whole network; the others wait. */
  private joined = false;

  constructor(context: RunContext, parts: readonly LocalPart[], joint: Whole, devices: readonly RunDevice[]) {
    super(context, devices);
    this.parts = parts;
    this.joint = joint;
  }

  /** Partitions do without each other while they train; a network that is whole does not survive its device. */
  protected override isLast(rank: number): boolean {
    return this.joined ? rank === 0 : super.isLast(rank);
  }

  protected override get apart(): boolean {
    return !this.joined && super.apart;
  }

  override get whole(): boolean {
    return this.joined ? !this.lost.has(0) : super.whole;
  }

  /** The first device gathers the parts to join them. */
  protected override beside(rank: number): number[] {
    return [...super.beside(rank), ...(rank === 0 ? this.parts.keys() : [0])];
  }

  /** Once joined it only waits, as the others do. */
  protected override async catchUp(rank: number): Promise<void> {
    if (!this.joined) await super.catchUp(rank);
  }

  protected async place(rank: number): Promise<void> {
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
      ms += (await this.trainOn(rank, COPY, feed, learningRates, true)).ms;
    const copied = { ...fixed, parameters: await device.remote.readParameters(COPY) };
    await device.remote.drop(COPY);
    const own = { layers: part.layers, objective: part.objective, classWeights: part.classWeights };
    await device.remote.build(PART, this.spec({ ...own, source: { ...source, fixed: copied } }, parameters));
    await this.loadImages(rank, PART);
    this.copied.add(device);
    return { steps, ms };
  }

  /** Nothing, where the rank has had enough. */
  protected async train(rank: number, { phase, turn, learningRates }: Done): Promise<RankTurn> {
    const { joined, parts } = this;
    if (joined && rank > 0) return IDLE;
    const { epochs } = this.context.experiment;
    const own = this.feed(rank, turn, phase === 'recovery' ? epochs + turn.epoch : turn.epoch);
    if (!own) return IDLE;
    const copy = joined ? { steps: 0, ms: 0 } : await this.makeCopy(rank);
    const rates = learningRates.slice(0, own.steps);
    const result = await this.trainOn(rank, joined ? JOINED : PART, own.feed, rates);
    const { flopsPerStep } = joined ? this.joint : parts[rank];
    const flops = result.steps * flopsPerStep + copy.steps * parts[0].flopsPerStep;
    return { ...result, ms: copy.ms + result.ms, flops };
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

  private trainOn(
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
