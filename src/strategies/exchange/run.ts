/** What the strategies whose devices need each other at every step have in common. */
import { Queue } from '../../messages/queue.ts';
import { workedMs } from '../../devices/pauses.ts';
import { devicesText } from '../../devices/words.ts';
import { imageFeed } from '../balance.ts';
import type { ImageFeed } from '../images.ts';
import type { RunContext, StrategyRun, TurnReport, TurnRequest } from '../contract.ts';
import type { RunDevice } from '../open-devices.ts';
import { together } from '../together.ts';
import type { ExchangeTurnResult } from './turn-result.ts';

/** The name of the one stage a device holds. */
export const STAGE = 'stage';

/** The parts of `StrategyRun` that do not depend on who sends what to whom. */
export abstract class ExchangeRun implements Omit<StrategyRun, 'evaluate' | 'parameters'> {
  readonly devices: readonly RunDevice[];
  readonly failed: Promise<Error>;
  /** These devices need each other at every step: none can be missed. */
  readonly lost: ReadonlyMap<number, string> = new Map();
  readonly whole = true;
  protected readonly context: RunContext;

  constructor(context: RunContext, devices: readonly RunDevice[]) {
    this.context = context;
    this.devices = devices;
    this.failed = Promise.race(devices.map(({ lost }) => lost));
  }

  /** One device's part of a turn. */
  protected abstract trainRank(
    device: RunDevice,
    job: number,
    request: TurnRequest,
    feed: ImageFeed,
  ): Promise<ExchangeTurnResult>;
  /** FLOPs of a step on a full batch, all devices. */
  protected abstract readonly flopsPerStep: number;

  async turn(request: TurnRequest): Promise<TurnReport> {
    const { experiment } = this.context;
    const { phase, turn, learningRates, onProgress } = request;
    const shuffle = phase === 'recovery' ? experiment.epochs + turn.epoch : turn.epoch;
    const feed = imageFeed(this.context, turn, shuffle);
    const stops = this.devices.map((device) => device.onProgress(onProgress));
    try {
      const results = await this.together((device, job) => this.trainRank(device, job, request, feed));
      const steps = learningRates.length;
      let loss = 0;
      for (let step = 0; step < steps; step++) {
        const sum = results.reduce((total, { losses }) => total + (losses[step] ?? 0), 0);
        loss += sum / samplesOf(feed, experiment.batch, step);
      }
      loss /= steps;
      const worked = workedMs(results.map(({ clock }) => clock));
      return {
        loss,
        ms: Math.max(...worked),
        ranks: worked.map((ms, rank) => ({ loss: results[rank].own ?? loss, steps, ms })),
        flops: this.flopsPerStep * steps,
      };
    } finally {
      for (const stop of stops) stop();
    }
  }

  /** The loss of any device ends the run: `failed` says so. */
  onLost(): void {}

  async restart(): Promise<void> {
    throw new Error(devicesText.allNeeded);
  }

  /** These strategies train one network all along; recovery epochs go on with it. */
  async beginRecovery(): Promise<void> {}

  async pause(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.pause()));
  }

  async resume(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.resume()));
  }

  async close(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.close()));
  }

  private readonly readings = new Queue();

  /**
   * Asks every device for something of its weights, also while they train: of one step, which all devices have finished
   * and none has gone beyond. Devices that are ahead wait for the moment it takes. A failure is the reader's alone.
   */
  protected atOneStep<T>(read: (device: RunDevice) => Promise<T>): Promise<T[]> {
    return this.readings.add(() => this.readTogether(read));
  }

  private async readTogether<T>(read: (device: RunDevice) => Promise<T>): Promise<T[]> {
    const { devices } = this;
    const free = ({ remote }: RunDevice) => remote.freeUpdates().catch(() => {});
    try {
      const done = await Promise.all(devices.map(({ remote }) => remote.holdUpdates()));
      // They need each other in every step, so that who is behind is so by one update, and lacks nothing for it.
      const step = Math.max(...done);
      return await Promise.all(
        devices.map(async (device) => {
          await device.remote.reachUpdate(step);
          return await read(device);
        }),
      );
    } finally {
      for (const device of devices) void free(device);
    }
  }

  protected together<T>(task: (device: RunDevice, job: number) => Promise<T>): Promise<T[]> {
    return together(this.devices, task);
  }
}

/** Samples of a step's batch: only the last of an epoch may be short. */
export function samplesOf({ turn, samples }: ImageFeed, batch: number, step: number): number {
  const first = ((turn.from + step) * batch) % (Math.ceil(samples / batch) * batch);
  return Math.min(batch, samples - first);
}
