/**
 * Parts that train alone: what conventional training (one part) and SIL (one per partition) have in common.
 * During a turn no part says anything to another.
 */
import type { Objective, Source, Split, StageSpec } from '../../engines/contract.ts';
import type { LayerSpec, NetworkSpec } from '../../network/spec.ts';
import { chainReport, evaluateOnChain } from '../chain-evaluation.ts';
import type { EvaluationReport, RunContext, StrategyRun, TurnReport, TurnRequest } from '../contract.ts';
import { linkPairs, openDevices, type RunDevice } from '../open-devices.ts';
import type { Feed, LocalTurnResult } from './train.ts';

/** What one device holds and trains. */
export interface LocalPart {
  readonly layers: readonly LayerSpec[];
  readonly parameters: Float32Array;
  readonly source: Source;
  readonly objective: Objective;
  /** Steps after which this part has had enough, counted from the start of training. */
  readonly budget: number;
  readonly flopsPerStep: number;
}

/** The network the parts make together, for recovery and for whoever wants its weights. */
export interface Whole {
  readonly network: NetworkSpec;
  readonly flopsPerStep: number;
}

const PART = 'part';
const JOINED = 'joined';

export async function openLocalRun(
  context: RunContext,
  parts: readonly LocalPart[],
  whole: Whole,
): Promise<StrategyRun> {
  const devices = await openDevices(context, parts.length);
  try {
    await linkPairs(devices, [
      ...devices.slice(1).map(({ rank }) => [rank - 1, rank] as const),
      ...devices.slice(1).map(({ rank }) => [0, rank] as const),
    ]);
    const run = new LocalRun(context, parts, whole, devices);
    await run.build();
    return run;
  } catch (error) {
    await Promise.all(devices.map((device) => device.close()));
    throw error;
  }
}

class LocalRun implements StrategyRun {
  readonly devices: readonly RunDevice[];
  readonly failed: Promise<Error>;
  private readonly context: RunContext;
  private readonly parts: readonly LocalPart[];
  private readonly whole: Whole;
  /** Once joined, the first device holds and trains the whole network; the others wait. */
  private joined = false;

  constructor(context: RunContext, parts: readonly LocalPart[], whole: Whole, devices: readonly RunDevice[]) {
    this.context = context;
    this.parts = parts;
    this.whole = whole;
    this.devices = devices;
    this.failed = Promise.race(devices.map(({ lost }) => lost));
  }

  async build(): Promise<void> {
    await Promise.all(
      this.parts.map(async ({ layers, parameters, source, objective }, rank) => {
        await this.devices[rank].remote.build(PART, this.spec({ layers, source, objective }, parameters));
      }),
    );
    await this.loadImages(PART);
  }

  async turn({ phase, turn, rates, onProgress }: TurnRequest): Promise<TurnReport> {
    const { experiment, data } = this.context;
    const shuffle = phase === 'recovery' ? experiment.epochs + turn.epoch : turn.epoch;
    const images: Feed = { kind: 'images', seed: experiment.seed, samples: data.train.count, turn, shuffle };
    const stops = this.devices.map((device) => device.onProgress(onProgress));
    try {
      const ranks = await Promise.all(
        this.parts.map(async (part, rank): Promise<LocalTurnResult> => {
          const idle = { loss: NaN, steps: 0, ms: 0 };
          if (this.joined) {
            if (rank > 0) return idle;
            return this.train(0, JOINED, images, rates);
          }
          const to = Math.min(turn.to, part.budget);
          const feed: Feed =
            part.source.kind === 'images'
              ? images
              : {
                  kind: 'labels',
                  seed: experiment.seed,
                  classes: data.classes,
                  mix: experiment.mix,
                  from: turn.from,
                  to,
                };
          if (to <= turn.from) return idle;
          return this.train(rank, PART, feed, rates.slice(0, to - turn.from));
        }),
      );
      const flops = this.joined
        ? this.whole.flopsPerStep * ranks[0].steps
        : ranks.reduce((sum, { steps }, rank) => sum + steps * this.parts[rank].flopsPerStep, 0);
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

  async evaluate(split: Split, order: Uint32Array): Promise<EvaluationReport> {
    const started = performance.now();
    const active = this.joined ? this.devices.slice(0, 1) : this.devices;
    const stage = this.joined ? JOINED : PART;
    const scores = await evaluateOnChain(active, stage, split, order, this.context.data[split].labels);
    return {
      ...chainReport(scores),
      nearestLabel: scores.slice(0, -1).map(({ score }) => score.correct / score.count),
      deadUnits: scores.slice(0, -1).map(({ deadUnits }) => deadUnits),
      ms: performance.now() - started,
    };
  }

  async beginRecovery(): Promise<void> {
    if (this.joined || this.devices.length === 1) return;
    const others = this.devices.slice(1);
    const spec = this.spec({
      layers: this.whole.network,
      source: this.parts[0].source,
      objective: this.parts[this.parts.length - 1].objective,
    });
    await Promise.all([
      this.devices[0].run('joinParameters', {
        stage: PART,
        from: others.map(({ rank }) => rank),
        as: JOINED,
        spec,
      }),
      ...others.map((device) => device.run('sendParameters', { stage: PART, to: 0 })),
    ]);
    this.joined = true;
    await this.loadImages(JOINED);
  }

  async parameters(): Promise<Float32Array<ArrayBuffer>> {
    if (this.joined) return this.devices[0].remote.readParameters(JOINED);
    const parts = await Promise.all(this.devices.map((device) => device.remote.readParameters(PART)));
    const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of parts) {
      all.set(part, offset);
      offset += part.length;
    }
    return all;
  }

  async pause(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.remote.pause()));
  }

  async resume(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.remote.resume()));
  }

  async close(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.close()));
  }

  private train(rank: number, stage: string, feed: Feed, rates: Float32Array): Promise<LocalTurnResult> {
    const { batch } = this.context.experiment;
    return this.devices[rank].run('trainLocal', { stage, batch, feed, rates });
  }

  private spec(
    part: Pick<StageSpec, 'layers' | 'source' | 'objective'>,
    parameters: Float32Array = new Float32Array(0),
  ): StageSpec {
    const { batch, optimizer } = this.context.experiment;
    return { ...part, parameters, batch, optimizer, training: 'local' };
  }

  /** Only devices that read images get any. */
  private async loadImages(stage: string): Promise<void> {
    const { train, test } = this.context.data;
    const readers = this.joined
      ? [0]
      : this.parts.flatMap(({ source }, rank) => (source.kind === 'images' ? [rank] : []));
    for (const rank of readers) {
      for (const [split, { images, labels }] of Object.entries({ train, test })) {
        await this.devices[rank].remote.load(stage, split as Split, images, labels);
      }
    }
  }
}
