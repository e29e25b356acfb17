/** One strategy at work: opens its strategy, takes its turns, and keeps what is measured. */
import type { DeviceReading } from '../devices/reading.ts';
import { totalTraffic } from '../devices/traffic.ts';
import { Queue } from '../messages/queue.ts';
import type { RunContext, Strategy, StrategyRun, TurnReport } from '../strategies/contract.ts';
import { DeviceStates, withoutLost } from './device-states.ts';
import { idleStrategy } from './idle-strategy.ts';
import { deadWarnings, evaluatedAtEnd, finalOf, samplesAfter, scored } from './measure.ts';
import type { Doing } from './memory-levels.ts';
import type { Point, StrategyState } from './state.ts';
import { absoluteStep, nextTurn, START, type NextTurn, type Position } from './turns.ts';
import { sessionText as text } from './words.ts';

/** Steps so long that the loss is no number any more. */
class Diverged extends Error {}

export interface LiveStrategyOptions {
  readonly strategy: Strategy;
  readonly context: RunContext;
  /** Learning rate of the turn that begins at this step: it may be changed while running. */
  readonly learningRate: (step: number) => number;
  readonly trainAccuracy: () => boolean;
  readonly warnings: readonly string[];
  readonly publish: (state: StrategyState) => void;
  /** Says what begins: opening devices, a turn, a join. */
  readonly onMove: (move: 'open' | 'train' | 'join' | 'recover') => void;
}

export class LiveStrategy {
  readonly id: Strategy['id'];
  state: StrategyState;
  private readonly options: LiveStrategyOptions;
  private run: StrategyRun | null = null;
  private position: Position = START;
  private paused = false;
  private closed = false;
  /** Ends devices that are just being opened when the strategy is closed. */
  private readonly life = new AbortController();
  private flops = 0;
  private readonly devices = new DeviceStates();
  /** Step at which the turn in hand ends. */
  private until = 0;

  constructor(options: LiveStrategyOptions) {
    this.options = options;
    this.id = options.strategy.id;
    this.state = idleStrategy(this.id, options.warnings);
  }

  /** Steps done since the start, recovery included. */
  get steps(): number {
    return absoluteStep(this.position, this.options.context.plan);
  }

  /** Where the turn in hand ends; the steps done where none is. */
  get reach(): number {
    return Math.max(this.steps, this.until);
  }

  get done(): boolean {
    return this.state.status === 'finished' || this.state.status === 'failed' || this.closed;
  }

  /**
   * Puts a new device in the place of a lost one, once the turn in hand has ended, and evaluates anew. An error is the
   * strategy's only if the run itself is over.
   */
  restart(rank: number): Promise<void> {
    return this.queue.add(async () => {
      const { run } = this;
      if (!run || !run.lost.has(rank)) return;
      const { status } = this.state;
      this.publish({ status: 'preparing' });
      try {
        await run.restart(rank);
        await this.read(run, 'loading');
        await this.evaluateAgain(run);
        if (status === 'finished') await this.finish(run);
        else this.publish({ status });
      } catch (error) {
        // Closing ends a restart, and so does the end of the run, which has been told of.
        if (this.done) return;
        this.publish({ status });
        throw error;
      }
    });
  }

  /** Takes the next turn and evaluates. Errors become the strategy's state: a failing strategy does not stop the others. */
  advance(): Promise<void> {
    return this.queue.add(() => this.turn());
  }

  private async turn(): Promise<void> {
    try {
      const run = this.run ?? (await this.open());
      const { context } = this.options;
      const learningRate = this.learningRate();
      const next = nextTurn(this.position, { ...context.experiment, learningRate }, context.plan);
      if (next) await this.takeTurn(run, next);
      if (!nextTurn(this.position, context.experiment, context.plan)) await this.finish(run);
      else this.publish({ status: 'waiting' });
    } catch (error) {
      if (!this.closed) await this.fail(error);
    }
  }

  async pause(): Promise<void> {
    this.paused = true;
    await this.tell((run) => run.pause());
  }

  async resume(): Promise<void> {
    this.paused = false;
    await this.tell((run) => run.resume());
  }

  /** Parameters of the joined network; null before the strategy has started. */
  async parameters(): Promise<Float32Array<ArrayBuffer> | null> {
    return (await this.run?.parameters()) ?? null;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.life.abort(new DOMException('The run was closed.', 'AbortError'));
    await this.run?.close();
    this.run = null;
    // Devices that are just being opened close as soon as they are there.
    await this.queue.ended();
  }

  /** A run that cannot even be told has lost a device: that is the strategy's failure, not the caller's. */
  private async tell(what: (run: StrategyRun) => Promise<void>): Promise<void> {
    if (!this.run) return;
    await what(this.run).catch((error: unknown) => this.fail(error));
  }

  /** One thing at a time. */
  private readonly queue = new Queue();

  private learningRate(): number {
    return this.options.learningRate(this.steps);
  }

  private async open(): Promise<StrategyRun> {
    this.options.onMove('open');
    this.publish({ status: 'preparing' });
    const run = await this.options.strategy.open({ ...this.options.context, signal: this.life.signal });
    if (this.closed) {
      await run.close();
      throw new DOMException('The run was closed.', 'AbortError');
    }
    this.run = run;
    run.onLost(() => this.publish({ devices: withoutLost(run, this.state.devices) }));
    void run.failed.then((error) => this.fail(error));
    if (this.paused) await run.pause();
    await this.read(run, 'loading');
    await this.measure(run, { phase: 'start', report: null, learningRate: this.learningRate() });
    return run;
  }

  private async takeTurn(run: StrategyRun, next: NextTurn): Promise<void> {
    if (next.phase === 'recovery' && this.position.phase === 'training') {
      this.options.onMove('join');
      this.publish({ status: 'joining' });
      await run.beginRecovery();
      await this.read(run, 'joining');
      this.position = { phase: 'recovery', step: 0 };
    }
    this.options.onMove(next.phase === 'recovery' ? 'recover' : 'train');
    this.until = absoluteStep({ phase: next.phase, step: next.turn.to }, this.options.context.plan);
    this.publish({
      status: 'turn',
      phase: next.phase,
      rankProgress: run.devices.map(() => ({ steps: 0, loss: NaN, done: false })),
    });
    const report = await run.turn({
      ...next,
      onProgress: ({ rank, steps, loss, done = false }) => {
        const rankProgress = this.state.rankProgress.map((old, index) =>
          // A rank with nothing left to do keeps the last loss it had.
          index === rank ? { steps, loss: Number.isFinite(loss) ? loss : old.loss, done } : old,
        );
        this.publish({ rankProgress });
      },
    });
    const broken = [
      report.loss ?? 0,
      ...report.ranks.filter(({ steps }) => steps > 0).map(({ loss }) => loss),
    ];
    this.position = { phase: next.phase, step: next.turn.to };
    if (!broken.every(Number.isFinite))
      throw this.diverged(next.learningRates[next.learningRates.length - 1]);
    await this.measure(run, {
      phase: next.phase,
      report,
      learningRate: next.learningRates[next.learningRates.length - 1],
    });
  }

  private diverged(learningRate: number): Error {
    return new Diverged(text.diverged(this.steps, learningRate.toPrecision(2)));
  }

  /** Evaluates, reads the devices and adds a point. */
  private async measure(
    run: StrategyRun,
    {
      phase,
      report,
      learningRate,
    }: { phase: Point['phase']; report: TurnReport | null; learningRate: number },
  ): Promise<void> {
    this.publish({ status: 'evaluating' });
    if (report) await this.read(run, phase === 'recovery' ? 'recovering' : 'training');
    const { context, warnings } = this.options;
    const scores = await scored(run, context, this.options.trainAccuracy());
    const readings = await this.read(run, 'evaluating');
    const traffic = readings.map((reading) => reading.traffic);
    const previous = this.state.points[this.state.points.length - 1];
    const seconds = (previous?.seconds ?? 0) + (report?.ms ?? 0) / 1000;
    const step = this.steps;
    const epochs = step / context.plan.stepsPerEpoch;
    const samples = samplesAfter(step, context);
    this.flops += report?.flops ?? 0;
    const point: Point = {
      phase,
      step,
      epochs,
      samples,
      seconds,
      flops: this.flops,
      bytes: totalTraffic(traffic, 'training').bytes,
      learningRate,
      ...scores,
      trainLoss: report?.loss ?? null,
      rankLosses: report?.ranks.map(({ loss }) => loss) ?? [],
      throughput: report && previous ? (1000 * (samples - previous.samples)) / report.ms : null,
      memory: readings.map(({ memory }) => memory),
    };
    this.publish({
      step,
      epochs,
      seconds,
      points: [...this.state.points, point],
      ...this.seen(run, readings),
      warnings: [...warnings, ...deadWarnings(scores.deadUnits)],
    });
  }

  /** The newest point once more, with every device there again. */
  private async evaluateAgain(run: StrategyRun): Promise<void> {
    const point = this.state.points.at(-1);
    if (!point) return;
    const scores = await scored(run, this.options.context, this.options.trainAccuracy());
    const readings = await this.read(run, 'evaluating');
    const better: Point = { ...point, ...scores, memory: readings.map(({ memory }) => memory) };
    this.publish({ points: [...this.state.points.slice(0, -1), better], ...this.seen(run, readings) });
  }

  private async finish(run: StrategyRun): Promise<void> {
    this.publish({ status: 'evaluating' });
    const report = await evaluatedAtEnd(run, this.options.context);
    // A loss is of the weights before its step: what the last step broke shows here alone.
    if (report && !Number.isFinite(report.loss)) {
      const rates = this.state.points.filter(({ phase }) => phase === this.position.phase);
      throw this.diverged(Math.max(...rates.map(({ learningRate }) => learningRate)));
    }
    const readings = await this.read(run, 'evaluating');
    this.publish({ status: 'finished', final: report && finalOf(report), ...this.seen(run, readings) });
  }

  /** Reads all devices after they have done something. */
  private read(run: StrategyRun, doing: Doing): Promise<DeviceReading[]> {
    return this.devices.read(run, doing, this.steps);
  }

  /** What was read, as it is shown. */
  private seen(
    run: StrategyRun,
    readings: readonly DeviceReading[],
  ): Pick<StrategyState, 'memoryLevels' | 'devices'> {
    const devices = this.devices.shown(run, readings, this.state.devices);
    return { memoryLevels: this.devices.levels, devices };
  }

  private async fail(error: unknown): Promise<void> {
    if (this.closed || this.state.status === 'failed') return;
    const message = error instanceof Error ? error.message : String(error);
    this.publish({
      ...{ status: 'failed', error: message },
      ...(error instanceof Diverged ? { diverged: true } : {}),
    });
    const run = this.run;
    this.run = null;
    await run?.close();
  }

  private publish(change: Partial<StrategyState>): void {
    this.state = { ...this.state, ...change };
    if (!this.closed) this.options.publish(this.state);
  }
}
