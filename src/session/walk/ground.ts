/** Where a session can be walked: data, engines and devices that answer when the walk says so, and count what is left. */
import type { Dataset } from '../../data/dataset.ts';
import { inProcessSpawner, type InProcess } from '../../devices/in-process.ts';
import type { EngineId } from '../../engines/contract.ts';
import { createReferenceEngine } from '../../engines/reference/index.ts';
import { ENGINES } from '../../engines/registry.ts';
import type { DatasetId } from '../../experiment/datasets.ts';
import { PROGRAMS } from '../../strategies/programs.ts';
import { turn } from '../../messages/pause.ts';
import { createSession, type Session } from '../session.ts';
import { madeUpDataset } from '../../data/testing.ts';

const set = (id: DatasetId, sizes: Parameters<typeof madeUpDataset>[0]): Dataset => ({
  ...madeUpDataset({ side: 3, test: 12, ...sizes }),
  id,
  name: `made up ${id}`,
});

/** Sets that differ in length and in classes, all small. `files` is a MNIST of other images. */
export const SETS: Readonly<Record<string, Dataset>> = {
  mnist: set('mnist', { classes: 4, train: 40 }),
  'emnist-digits': set('emnist-digits', { classes: 4, train: 30 }),
  'emnist-letters': set('emnist-letters', { classes: 6, train: 36 }),
  files: set('mnist', { classes: 4, train: 50 }),
};

/** Named as TensorFlow.js in a link: a second engine that needs no browser. */
export const ENGINE_OF: Readonly<Record<string, string>> = { auto: 'cpu', cpu: 'cpu', tfjs: 'reference' };

interface Waiting<T> {
  readonly answer: () => T;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

export interface WalkedDevice {
  readonly rank: number;
  readonly device: InProcess;
  ended: boolean;
  crashed: boolean;
}

export class Ground {
  readonly session: Session;
  readonly devices: WalkedDevice[] = [];
  /** Loads and engine questions that wait for the walk, oldest first. */
  private readonly loads: Waiting<Dataset>[] = [];
  private readonly questions: Waiting<{ id: EngineId; why: string }>[] = [];
  /** Whether answers come by themselves. */
  private readonly prompt: boolean;

  constructor(link: string, { prompt }: { readonly prompt: boolean }) {
    this.prompt = prompt;
    this.session = createSession({
      link,
      data: {
        availability: async () => [],
        load: (id, { signal }) => this.later(this.loads, () => SETS[id], signal),
        loadFiles: (_, { signal }) => this.later(this.loads, () => SETS.files, signal),
        forget: async () => {},
        remember: async () => {},
      },
      cores: 1,
      spawn: (rank) => {
        const device = inProcessSpawner(PROGRAMS, async (id) =>
          id === 'cpu' ? ENGINES.cpu : { create: async () => createReferenceEngine() },
        )(rank) as InProcess;
        const entry: WalkedDevice = { rank, device, ended: false, crashed: false };
        this.devices.push(entry);
        return {
          ...device,
          terminate() {
            entry.ended = true;
            device.terminate();
          },
        };
      },
      chooseEngine: (choice) =>
        this.later(this.questions, () => ({ id: choice === 'auto' ? ('cpu' as const) : choice, why: '' })),
    });
  }

  private later<T>(queue: Waiting<T>[], answer: () => T, signal?: AbortSignal): Promise<T> {
    if (this.prompt) return Promise.resolve(answer());
    return new Promise((resolve, reject) => {
      queue.push({ answer, resolve, reject });
      signal?.addEventListener('abort', () => reject(signal.reason as Error));
    });
  }

  answerLoad(): void {
    const next = this.loads.shift();
    next?.resolve(next.answer());
  }

  failLoad(): void {
    this.loads.shift()?.reject(new Error('not at hand'));
  }

  answerEngine(): void {
    const next = this.questions.shift();
    next?.resolve(next.answer());
  }

  /** Everything that waits is answered. */
  answerAll(): void {
    while (this.loads.length > 0) this.answerLoad();
    while (this.questions.length > 0) this.answerEngine();
  }

  get waits(): boolean {
    return this.loads.length + this.questions.length > 0;
  }

  /** Some turns of the event loop. */
  async rest(turns: number): Promise<void> {
    for (let one = 0; one < turns; one++) await turn();
  }

  /** Ends the session, and whatever it was waiting for. */
  async close(): Promise<void> {
    const closed = this.session.close();
    this.answerAll();
    await closed;
  }
}
