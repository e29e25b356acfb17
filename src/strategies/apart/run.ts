/**
 * Devices that train without each other: nobody waits for another, and one that is lost is missed by nobody. A new one in
 * its place does the missed steps again from the same seed, and is as if it had never left.
 */
import { Device } from '../../devices/device.ts';
import type { RunContext, StrategyRun, TurnReport, TurnRequest } from '../contract.ts';
import { linkPairs, type RunDevice } from '../open-devices.ts';
import type { Programs } from '../programs.ts';

/** A turn, to be done again by a device that was not there. */
export type Done = Pick<TurnRequest, 'phase' | 'turn' | 'learningRates'>;

/** What a rank did in a turn; 0 steps where it had enough, or was not there. */
export interface RankTurn {
  /** Mean of the rank's own objective over the turn. */
  readonly loss: number;
  readonly steps: number;
  /** Milliseconds without pauses. */
  readonly ms: number;
  readonly flops: number;
}

export const IDLE: RankTurn = { loss: NaN, steps: 0, ms: 0, flops: 0 };

/** The parts of `StrategyRun` that do not depend on what the devices train. */
export abstract class ApartRun implements Omit<StrategyRun, 'evaluate' | 'beginRecovery' | 'parameters'> {
  readonly devices: RunDevice[];
  readonly failed: Promise<Error>;
  readonly lost = new Map<number, string>();
  protected readonly context: RunContext;
  private fail!: (error: Error) => void;
  private readonly history: Done[] = [];
  private readonly listeners = new Set<() => void>();
  /** Ends what is being opened when the run is closed. */
  private readonly life = new AbortController();

  constructor(context: RunContext, devices: readonly RunDevice[]) {
    this.context = context;
    this.devices = [...devices];
    this.failed = new Promise((resolve) => (this.fail = resolve));
    this.devices.forEach((device) => this.watch(device));
  }

  /** Puts what a rank trains on its device, as it begins. */
  protected abstract place(rank: number): Promise<void>;
  /** A rank's part of a turn. */
  protected abstract train(rank: number, done: Done): Promise<RankTurn>;

  /** Whether all is over with the loss of this device: with the last one. */
  protected isLast(_rank: number): boolean {
    return this.lost.size === this.devices.length;
  }

  /** Whether the others go on without a device that is lost. */
  protected get apart(): boolean {
    return this.devices.length > 1;
  }

  /** Ranks that a device is linked to. */
  protected beside(rank: number): number[] {
    return [rank - 1, rank + 1];
  }

  /** The whole network's loss of a turn; null where no rank sees it. */
  protected lossOf(ranks: readonly RankTurn[]): number | null {
    return this.apart ? null : ranks[0].loss;
  }

  /** Makes a new device what the lost one was. */
  protected async catchUp(rank: number): Promise<void> {
    await this.place(rank);
    for (const done of this.history) await this.train(rank, done);
    await this.linkAgain(rank);
  }

  async build(): Promise<void> {
    await Promise.all(this.devices.map(({ rank }) => this.place(rank)));
  }

  private watch(device: RunDevice): void {
    device.onLost((error) => {
      if (this.devices[device.rank] !== device) return;
      this.lost.set(device.rank, error.message);
      for (const tell of this.listeners) tell();
      if (this.isLast(device.rank)) this.fail(error);
    });
  }

  onLost(listener: () => void): void {
    this.listeners.add(listener);
  }

  get whole(): boolean {
    return this.lost.size === 0;
  }

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
    await this.catchUp(rank);
    if (device.gone) throw device.gone;
    this.lost.delete(rank);
  }

  private async linkAgain(rank: number): Promise<void> {
    for (const other of this.beside(rank)) {
      if (other < 0 || other >= this.devices.length || this.lost.has(other)) continue;
      try {
        await linkPairs(this.devices, [[rank, other]]);
      } catch (error) {
        // One that is lost meanwhile is linked when it comes back.
        if (!this.lost.has(other)) throw error;
      }
    }
  }

  async turn({ phase, turn, learningRates, onProgress }: TurnRequest): Promise<TurnReport> {
    const done = { phase, turn, learningRates };
    const stops = this.devices.map((device) => device.onProgress(onProgress));
    this.history.push(done);
    try {
      const ranks = await Promise.all(
        [...this.devices.keys()].map(async (rank) => {
          const result = await this.unlessLost(rank, done);
          onProgress({ rank, steps: result.steps, loss: result.loss, done: true });
          return result;
        }),
      );
      return {
        loss: this.lossOf(ranks),
        ms: Math.max(...ranks.map(({ ms }) => ms)),
        ranks,
        flops: ranks.reduce((sum, { flops }) => sum + flops, 0),
      };
    } finally {
      for (const stop of stops) stop();
    }
  }

  /** One device's loss is its own; where it is the whole network's, it ends the run. */
  private async unlessLost(rank: number, done: Done): Promise<RankTurn> {
    if (this.lost.has(rank)) return IDLE;
    try {
      return await this.train(rank, done);
    } catch (error) {
      if (!this.apart || !this.lost.has(rank)) throw error;
      return IDLE;
    }
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
}
