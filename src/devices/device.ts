/** The page's side of a device: a worker, what it said it runs on, and typed calls to it. */
import type { EngineAbout, EngineId } from '../engines/contract.ts';
import type { DeviceLoss } from '../engines/errors.ts';
import type { MemoryReading } from '../engines/ledger.ts';
import type { DeviceMethods, DeviceNotice } from './host.ts';
import type { ProgramInput, ProgramOutput, ProgramTable, Progress } from './program.ts';
import { engineFaults } from '../engines/words.ts';
import { connect, transfer, type Connection, type Endpoint, type Remote } from '../messages/rpc.ts';
import { say } from '../messages/worded.ts';
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

export class Device<P extends ProgramTable = ProgramTable> {
  readonly rank: number;
  readonly about: EngineAbout;
  /** Resolves when the device is gone for any reason but `close`. */
  readonly lost: Promise<DeviceLostError>;
  readonly remote: Remote<DeviceMethods>;
  private readonly spawned: Spawned;
  private readonly connection: Connection<DeviceMethods>;
  private readonly progressListeners: Set<(progress: Progress) => void>;
  private closing = false;

  private constructor(
    rank: number,
    about: EngineAbout,
    spawned: Spawned,
    connection: Connection<DeviceMethods>,
    lost: Promise<DeviceLostError>,
    progressListeners: Set<(progress: Progress) => void>,
  ) {
    this.rank = rank;
    this.about = about;
    this.spawned = spawned;
    this.connection = connection;
    this.remote = connection.remote;
    this.progressListeners = progressListeners;
    // Losing a device because it was closed is no news.
    this.lost = lost.then((error) => (this.closing ? new Promise<never>(() => {}) : error));
  }

  /** Starts a worker and an engine on it. Rejects with the engine's own sentence when it cannot start. */
  static async open<P extends ProgramTable>(
    rank: number,
    engine: EngineId,
    spawn: Spawner,
    { check = false } = {},
  ): Promise<Device<P>> {
    const spawned = spawn(rank);
    const progressListeners = new Set<(progress: Progress) => void>();
    let lose!: (error: DeviceLostError) => void;
    const lost = new Promise<DeviceLostError>((resolve) => (lose = resolve));
    const onLoss = ({ message }: Pick<DeviceLoss, 'message'>) => {
      const error = new DeviceLostError(rank, message);
      connection.fail(error);
      lose(error);
    };
    const connection = connect<DeviceMethods, DeviceNotice>(
      spawned.endpoint,
      (notice) => {
        if (notice.kind === 'progress') for (const listener of progressListeners) listener(notice.progress);
        else onLoss({ message: say(engineFaults, notice.loss.said) ?? notice.loss.message });
      },
      engineFaults,
    );
    spawned.onCrash((message) => onLoss({ message }));
    try {
      const about = await connection.remote.open(rank, engine, check);
      return new Device<P>(rank, about, spawned, connection, lost, progressListeners);
    } catch (error) {
      spawned.terminate();
      throw error;
    }
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
  async close(patience = 3000): Promise<MemoryReading | null> {
    this.closing = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const impatience = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), patience)));
    const left = await Promise.race([this.remote.close().catch(() => null), impatience]);
    clearTimeout(timer);
    this.connection.fail(new DOMException('The device was closed.', 'AbortError'));
    this.spawned.terminate();
    return left;
  }
}

let jobs = 0;

/** A number for what several devices, or one, are asked to do next: parcels of other jobs are not mistaken for its own. */
export const newJob = (): number => jobs++;

/** Gives two devices a channel of their own, so that tensors never pass through the page. */
export async function linkDevices(a: Device, b: Device): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await Promise.all([connectPort(a, b.rank, port1), connectPort(b, a.rank, port2)]);
}

function connectPort(device: Device, peer: number, port: MessagePort): Promise<void> {
  return device.remote.connect(peer, transfer(port, [port]) as MessagePort);
}
