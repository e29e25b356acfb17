/** One run: its strategies, taking turns on one machine. What it was opened with stays as it is to its end. */
import { Queue } from '../messages/queue.ts';
import type { Dataset } from '../data/dataset.ts';
import type { Spawner } from '../devices/device.ts';
import type { EngineId } from '../engines/contract.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { encode } from '../experiment/link.ts';
import { STRATEGIES, type StrategyId } from '../experiment/strategies.ts';
import { threadsOf } from '../experiment/threads.ts';
import { strategyOf } from '../strategies/registry.ts';
import { moved, statusOf, type Course, type Move } from './course.ts';
import type { Derived } from './derive.ts';
import { idleStrategy } from './idle-strategy.ts';
import { LiveStrategy } from './live-strategy.ts';
import type { PlacedWeights } from './given-weights.ts';
import type { StrategyState, RunFacts, RunStatus, SessionState } from './state.ts';
import { furthestBehind, learningRateOf, type LearningRateChange } from './turns.ts';

export interface RunOptions {
  readonly id: number;
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  readonly derived: Derived;
  readonly weights: PlacedWeights | null;
  readonly engines: readonly EngineId[];
  readonly spawn: Spawner;
  /** For all devices of a strategy. */
  readonly cores: number;
  /** Whether engines should test their arithmetic first. */
  readonly check: boolean;
  /** Read at each evaluation. */
  readonly trainAccuracy: () => boolean;
  /** Something of it has changed: a strategy's state, if one is named, and its status. */
  readonly onChange: (run: Run, live?: StrategyState) => void;
}

export class Run {
  readonly options: RunOptions;
  private readonly strategies = new Map<StrategyId, LiveStrategy>();
  /** Those that are switched on now. */
  private ticked: readonly StrategyId[];
  private learningRateChanges: readonly LearningRateChange[] = [];
  private course: Course = 'settled';
  private known: RunFacts | null = null;
  private going = false;
  /** Turns end at this step of every strategy when only one was asked for. */
  private until = Infinity;
  private driving = false;
  private away = false;

  constructor(options: RunOptions) {
    this.options = options;
    this.ticked = options.experiment.strategies;
  }

  get dataset(): Dataset {
    return this.options.dataset;
  }

  get status(): RunStatus {
    return statusOf(this.course);
  }

  /** Whether the strategies switched on have no step left to take. */
  get done(): boolean {
    return this.ticked.every((id) => this.strategies.get(id)?.done);
  }

  /** What it is, for whoever shows, keeps or sends it. */
  get facts(): RunFacts {
    const { id, experiment, dataset, weights, engines } = this.options;
    const began = {
      ...experiment,
      strategies: this.ticked,
      learningRate: learningRateOf(this.learningRateChanges, 0, experiment.learningRate),
    };
    return (this.known ??= {
      id,
      fragment: encode(began),
      learningRateChanges: this.learningRateChanges.filter(({ step }) => step > 0),
      data: { id: dataset.id, name: dataset.name, digest: dataset.digest },
      weights: weights?.name ?? null,
      engines,
    });
  }

  /** States of the strategies that are switched on; those that have yet to begin are idle. */
  get states(): SessionState['strategies'] {
    const { warnings } = this.options.derived;
    return Object.fromEntries(
      this.ticked.map((id) => [
        id,
        this.strategies.get(id)?.state ?? idleStrategy(id, STRATEGIES[id].needsLabels ? warnings : []),
      ]),
    );
  }

  /** Takes what may be set beside a run: which strategies train, and the learning rate from here on. */
  take({ strategies, learningRate }: Pick<Experiment, 'strategies' | 'learningRate'>): void {
    if (this.course === 'stopped') return;
    if (strategies !== this.ticked) {
      this.ticked = strategies;
      this.known = null;
      // One that ended goes on where another strategy has steps left, and has ended where none has.
      if (this.course === 'finished' && !this.done) this.move('pause');
      else if (this.course === 'paused' && this.done) this.end();
    }
    this.setLearningRate(learningRate);
  }

  /** From the same step on in every strategy, so that they stay comparable: the furthest has yet to begin it. */
  private setLearningRate(learningRate: number): void {
    const { experiment, derived } = this.options;
    const step = Math.max(0, ...[...this.strategies.values()].map(({ reach }) => reach));
    const earlier = this.learningRateChanges.filter((change) => change.step < step);
    if (
      step >= derived.totalSteps ||
      learningRate === learningRateOf(this.learningRateChanges, step, experiment.learningRate)
    )
      return;
    const asBefore = learningRate === learningRateOf(earlier, step, experiment.learningRate);
    this.learningRateChanges = asBefore ? earlier : [...earlier, { step, learningRate }];
    this.known = null;
  }

  /** Goes on until all strategies are done; with `once`, until each has taken a turn. */
  play(once: boolean): void {
    if (this.course === 'stopped' || this.done) return;
    const active = this.active();
    const reached = Math.min(...active.filter((live) => !live.done).map(({ steps }) => steps));
    this.until = once ? reached : Infinity;
    this.going = true;
    const behind = furthestBehind(active, ({ steps }) => steps);
    const begun = behind && behind.state.status !== 'idle';
    this.move(!begun ? 'open' : behind.state.phase === 'recovery' ? 'recover' : 'train');
    for (const live of this.strategies.values()) void live.resume();
    void this.drive();
  }

  pause(): void {
    if (!this.going) return;
    this.going = false;
    this.move('pause');
    for (const live of this.strategies.values()) void live.pause();
  }

  /** Put aside, it rests, with whatever goes on besides its turns; in hand again, one that has ended goes on with that. */
  set aside(aside: boolean) {
    if (aside === this.away || this.course === 'stopped') return;
    this.away = aside;
    if (aside && this.going) this.pause();
    else if (aside) for (const live of this.strategies.values()) void live.pause();
    else if (this.course === 'finished') for (const live of this.strategies.values()) void live.resume();
  }

  async parameters(id: StrategyId): Promise<Float32Array<ArrayBuffer> | null> {
    return (await this.strategies.get(id)?.parameters()) ?? null;
  }

  /** Brings back a lost device of a strategy that goes on without it, when no other strategy's clock runs. */
  async restart(id: StrategyId, rank: number): Promise<void> {
    await this.queue.add(async () => this.strategies.get(id)?.restart(rank));
  }

  /** Ends all its devices. */
  async close(): Promise<void> {
    this.going = false;
    this.move('stop');
    await Promise.all([...this.strategies.values()].map((live) => live.close()));
  }

  /** Turn after turn. There is only one of it, and nothing comes between its last look and its end. */
  private async drive(): Promise<void> {
    if (this.driving) return;
    this.driving = true;
    for (let next = this.next(); next; next = this.next()) {
      const live = next;
      await this.queue.add(async () => {
        // A restart may have gone before, and a pause come meanwhile.
        if (this.going && !live.done) await live.advance();
      });
    }
    this.driving = false;
    if (this.course !== 'stopped') this.end();
  }

  /** Whose turn it is; null where nobody's. */
  private next(): LiveStrategy | null {
    if (!this.going) return null;
    const open = this.active().filter((live) => !live.done && live.steps <= this.until);
    return furthestBehind(open, ({ steps }) => steps) ?? null;
  }

  private end(): void {
    if (this.done) {
      const failed = this.ticked.every((id) => this.strategies.get(id)?.state.status === 'failed');
      this.move(failed ? 'fail' : 'finish');
    } else this.move('pause');
    this.going = false;
  }

  /** One at a time: each strategy's clock counts only its own work. */
  private readonly queue = new Queue();

  /** The strategies that are switched on, made when first needed. */
  private active(): LiveStrategy[] {
    return this.ticked.map((id) => this.strategies.get(id) ?? this.make(id));
  }

  private make(id: StrategyId): LiveStrategy {
    const strategy = strategyOf(id);
    const { experiment, dataset, derived, weights, engines, spawn, cores, check, trainAccuracy } =
      this.options;
    const live = new LiveStrategy({
      strategy,
      context: {
        experiment,
        plan: derived.plan,
        data: dataset,
        weights: weights?.given ?? null,
        engines,
        spawn,
        threads: (devices) => threadsOf(experiment, id, cores, devices),
        check,
      },
      learningRate: (step) => learningRateOf(this.learningRateChanges, step, experiment.learningRate),
      trainAccuracy,
      warnings: STRATEGIES[id].needsLabels ? derived.warnings : [],
      publish: (state) => this.options.onChange(this, state),
      // What still ends after a pause does not make it go on.
      onMove: (move) => {
        if (this.going) this.move(move);
      },
    });
    this.strategies.set(id, live);
    return live;
  }

  private move(move: Move): void {
    const before = this.status;
    this.course = moved(this.course, move);
    if (this.status !== before) this.options.onChange(this);
  }
}
