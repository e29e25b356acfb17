/** The page's side of a device: a worker, what it said it runs on, and typed calls to it. */
import type { EngineAbout, EngineId } from '../engines/contract.ts';
import type { MemoryReading } from '../engines/ledger.ts';
import type { DeviceMethods, DeviceNotice } from './host.ts';
import type { ProgramInput, ProgramOutput, ProgramTable, Progress } from './program.ts';
import { engineFaults } from '../engines/words.ts';
import { connect, transfer, type Connection, type Endpoint, type Remote } from '../messages/rpc.ts';
import { say } from '../messages/worded.ts';
import { after, leftOf, NOTHING_READ, type DeviceReading } from './reading.ts';
import { devicesText } from './words.ts';

/** A started worker: its endpoint, how it is ended, and how its crash is heard of. */
export interface Spawned {
  readonly endpoint: Endpoint;
  terminate(): void;
  onCrash(listener: (message: string) => void): void;
}

/** Starts one worker. The browser, Node and tests each bring their own. */
export type Spawner = (rank: number) => Spawned;

/** A device is gone and with it what it held. The message is for a person. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
  readonly rank: number;
  constructor(rank: number, message: string) {
    super(devicesText.gone(rank, message));
    this.rank = rank;
  }
}

export interface OpenOptions {
  /** Whether to test the engine's arithmetic first. */
  readonly check?: boolean;
  /** Threads of the processor that it may use. Default 1. */
  readonly threads?: number;
  /** Aborted when the device is not wanted any more: its worker ends at once, and opening rejects. */
  readonly signal?: AbortSignal | undefined;
  /** The lost device in whose place it comes: what that one had sent and done counts on. */
  readonly inPlaceOf?: Device<never> | undefined;
}

export class Device<P extends ProgramTable = ProgramTable> {
  readonly rank: number;
  /** Resolves when the device is gone for any reason but `close`. */
  readonly lost: Promise<DeviceLostError>;
  readonly remote: Remote<DeviceMethods>;
  private readonly spawned: Spawned;
  private readonly connection: Connection<DeviceMethods>;
  private readonly progressListeners = new Set<(progress: Progress) => void>();
  private readonly lossListeners = new Set<(error: DeviceLostError) => void>();
  private readonly before: DeviceReading;
  private known: DeviceReading;
  private loss: DeviceLostError | null = null;
  private resolveLost!: (error: DeviceLostError) => void;
  private closed: Promise<MemoryReading | null> | null = null;
  private is!: EngineAbout;

  private constructor(rank: number, spawned: Spawned, before: DeviceReading) {
    this.rank = rank;
    this.spawned = spawned;
    this.before = before;
    this.known = before;
    this.lost = new Promise((resolve) => (this.resolveLost = resolve));
    this.connection = connect<DeviceMethods, DeviceNotice>(
      spawned.endpoint,
      (notice) => {
        if (notice.kind === 'progress') for (const tell of this.progressListeners) tell(notice.progress);
        else this.lose(say(engineFaults, notice.loss.said) ?? notice.loss.message);
      },
      engineFaults,
    );
    this.remote = this.connection.remote;
    spawned.onCrash((message) => this.lose(message));
  }

  /** Starts a worker and an engine on it. Rejects with the engine's own sentence when it cannot start. */
  static async open<P extends ProgramTable>(
    rank: number,
    engine: EngineId,
    spawn: Spawner,
    { check = false, threads = 1, signal, inPlaceOf }: OpenOptions = {},
  ): Promise<Device<P>> {
    signal?.throwIfAborted();
    const device = new Device<P>(rank, spawn(rank), inPlaceOf?.known ?? NOTHING_READ);
    const giveUp = () => device.end(signal!.reason as Error);
    signal?.addEventListener('abort', giveUp);
    try {
      device.is = await device.remote.open(rank, engine, { check, threads });
      return device;
    } catch (error) {
      device.spawned.terminate();
      throw error;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  get about(): EngineAbout {
    return this.is;
  }

  /** Why it is lost; null while it is not. */
  get gone(): DeviceLostError | null {
    return this.loss;
  }

  /**
   * Hears of the loss of this device before any call to it rejects, so that whoever made the call can ask; at once
   * where it is lost already.
   */
  onLost(listener: (error: DeviceLostError) => void): void {
    if (this.loss) listener(this.loss);
    else this.lossListeners.add(listener);
  }

  /** What is measured on it. Of a lost device, what is left of its last answer. */
  async read(): Promise<DeviceReading> {
    const answer = await this.unlessLost(this.remote.read());
    if (!answer) return leftOf(this.known);
    return (this.known = after(this.before, answer));
  }

  /** A lost device pauses for good. */
  async pause(): Promise<void> {
    await this.unlessLost(this.remote.pause());
  }

  async resume(): Promise<void> {
    await this.unlessLost(this.remote.resume());
  }

  /** @param job `newJob()`, the same on all devices whose programs speak to each other. */
  run<K extends keyof P & string>(
    program: K,
    input: ProgramInput<P, K>,
    job: number,
  ): Promise<ProgramOutput<P, K>> {
    return this.remote.run(program, input, job) as Promise<ProgramOutput<P, K>>;
  }

  onProgress(listener: (progress: Progress) => void): () => void {
    this.progressListeners.add(listener);
    return () => this.progressListeners.delete(listener);
  }

  /**
   * Frees everything and ends the worker. Never hangs: a worker that does not answer within `patience` ms is ended
   * all the same.
   * @returns The ledger after freeing (all zero), or null if the worker did not answer.
   */
  close(patience = 3000): Promise<MemoryReading | null> {
    return (this.closed ??= this.finish(patience));
  }

  private async finish(patience: number): Promise<MemoryReading | null> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const impatience = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), patience)));
    const left = await Promise.race([this.remote.close().catch(() => null), impatience]);
    clearTimeout(timer);
    this.end(new DOMException('The device was closed.', 'AbortError'));
    return left;
  }

  private end(why: Error): void {
    this.connection.fail(why);
    this.spawned.terminate();
  }

  private lose(message: string): void {
    // That a device is gone because it was closed is no news, nor is it news twice.
    if (this.closed || this.loss) return;
    this.loss = new DeviceLostError(this.rank, message);
    for (const tell of this.lossListeners) tell(this.loss);
    this.resolveLost(this.loss);
    this.connection.fail(this.loss);
  }

  /** Null where the device is lost, before or meanwhile. */
  private unlessLost<T>(call: Promise<T>): Promise<T | null> {
    return call.catch((error: unknown) => {
      if (this.loss) return null;
      throw error;
    });
  }
}

let jobs = 0;

/** A number for what several devices, or one, are asked to do next: messages of other jobs are not mistaken for its own. */
export const newJob = (): number => jobs++;

/** Gives two devices a channel of their own, so that tensors never pass through the page. */
export async function linkDevices(a: Device, b: Device): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await Promise.all([connectPort(a, b.rank, port1), connectPort(b, a.rank, port2)]);
}

function connectPort(device: Device, peer: number, port: MessagePort): Promise<void> {
  return device.remote.connect(peer, transfer(port, [port]) as MessagePort);
}
