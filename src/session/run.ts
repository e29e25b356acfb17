/** The modes of one experiment, taking turns. */
import type { StrategyId } from '../experiment/strategies.ts';
import type { RunContext } from '../strategies/contract.ts';
import { strategyOf } from '../strategies/registry.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { Mode } from './mode.ts';
import type { ModeState, RunStatus } from './state.ts';
import { furthestBehind } from './turns.ts';

export interface RunOptions {
  readonly context: RunContext;
  readonly warnings: readonly string[];
  /** The settings now: modes may be switched and the learning rate changed while running. */
  readonly experiment: () => Experiment;
  readonly trainAccuracy: () => boolean;
  readonly publish: (state: ModeState) => void;
  readonly onStatus: (status: RunStatus) => void;
}

export class Run {
  private readonly options: RunOptions;
  private readonly modes = new Map<StrategyId, Mode>();
  private wanted: 'going' | 'paused' = 'paused';
  /** Turns end at this step of every mode when only one was asked for. */
  private until = Infinity;
  private working = false;
  private muted = false;
  private closed = false;

  constructor(options: RunOptions) {
    this.options = options;
  }

  stateOf(id: StrategyId): ModeState | undefined {
    return this.modes.get(id)?.state;
  }

  /** Goes on until all modes are done; with `once`, until each has taken a turn. Returns at once if already going. */
  async play(once: boolean): Promise<void> {
    this.wanted = 'going';
    const active = this.active();
    const reached = Math.min(...active.filter((mode) => !mode.done).map(({ steps }) => steps));
    this.until = once ? reached : Infinity;
    this.status('running');
    await Promise.all([...this.modes.values()].map((mode) => mode.resume()));
    if (this.working) return;
    this.working = true;
    try {
      await this.work();
    } finally {
      this.working = false;
    }
    if (this.closed) return;
    const modes = this.active();
    if (modes.every((mode) => mode.done)) {
      this.status(modes.every(({ state }) => state.status === 'failed') ? 'failed' : 'finished');
    } else {
      this.wanted = 'paused';
      this.status('paused');
    }
  }

  async pause(): Promise<void> {
    if (this.wanted === 'paused') return;
    this.wanted = 'paused';
    this.status('paused');
    await Promise.all([...this.modes.values()].map((mode) => mode.pause()));
  }

  /** Stops telling the store anything: another run is shown. */
  mute(): void {
    this.muted = true;
  }
  unmute(): void {
    this.muted = false;
  }
  republish(): void {
    for (const { state } of this.modes.values()) this.publish(state);
  }

  async parameters(id: StrategyId): Promise<Float32Array<ArrayBuffer> | null> {
    return (await this.modes.get(id)?.parameters()) ?? null;
  }

  /** Brings back a lost device of a way of training that goes on without it. */
  async restart(id: StrategyId, rank: number): Promise<void> {
    await this.modes.get(id)?.restart(rank);
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.modes.values()].map((mode) => mode.close()));
  }

  private async work(): Promise<void> {
    while (this.wanted === 'going' && !this.closed) {
      const open = this.active().filter((mode) => !mode.done && mode.steps <= this.until);
      const next = furthestBehind(open, ({ steps }) => steps);
      if (!next) return;
      await next.advance();
    }
  }

  /** The modes that are switched on, made when first needed. */
  private active(): Mode[] {
    return this.options.experiment().modes.flatMap((id) => {
      const existing = this.modes.get(id);
      if (existing) return [existing];
      const strategy = strategyOf(id);
      if (!strategy) return [];
      const { context, experiment, trainAccuracy, warnings } = this.options;
      const mode = new Mode({
        strategy,
        context,
        experiment,
        trainAccuracy,
        warnings: id === 'sil' ? warnings : [],
        publish: (state) => this.publish(state),
      });
      this.modes.set(id, mode);
      return [mode];
    });
  }

  private publish(state: ModeState): void {
    if (!this.muted) this.options.publish(state);
  }

  private status(status: RunStatus): void {
    if (!this.muted) this.options.onStatus(status);
  }
}
