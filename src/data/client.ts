/** Data for the page: the same calls as the loader, answered by a worker that starts at the first one. */
import type { DatasetId } from '../experiment/datasets.ts';
import { watchLifeline } from '../messages/lifeline.ts';
import { connect, type Connection, type Endpoint } from '../messages/rpc.ts';
import type { Answers } from './answers.ts';
import type { Dataset } from './dataset.ts';
import { DataError } from './errors.ts';
import type { DatasetAvailability, LoadProgress } from './loader.ts';
import type { Addresses, DataMethods, DataNotice } from './serve-data.ts';
import { dataFaults } from './words.ts';

export interface WatchOptions {
  readonly signal: AbortSignal;
  onProgress(progress: LoadProgress): void;
}

/** Calls reject with an error whose message is a sentence for the person, or with the signal's reason. */
export interface DataClient {
  /** Every data set, and where it would come from now. */
  availability(): Promise<DatasetAvailability[]>;
  /** `download`: may fetch from the mirror what is neither beside the app nor in the cache. */
  load(id: DatasetId, options: WatchOptions & { readonly download: boolean }): Promise<Dataset>;
  /** The set that these files hold: four files of one split, or NIST's `gzip.zip`. */
  loadFiles(files: readonly File[], options: WatchOptions, answers?: Answers): Promise<Dataset>;
  /** Removes what the browser keeps of a set. */
  forget(id: DatasetId): Promise<void>;
  /** Brings back the set that was forgotten last. */
  remember(id: DatasetId): Promise<void>;
}

export interface DataClientOptions {
  /** The page's own address; data beside the app is relative to it. */
  readonly base?: string;
  /** Address of a mirror, before the repository's name. */
  readonly mirror?: string;
  /** Starts the other side; a worker unless a test has something simpler. `onCrash` hears when it is gone. */
  readonly start?: (onCrash: (error: Error) => void) => Endpoint;
}

function startWorker(onCrash: (error: Error) => void): Endpoint {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'data' });
  const crashed = (why: string | null) => {
    leave();
    worker.terminate();
    onCrash(new DataError('worker-stopped', why));
  };
  const leave = watchLifeline(worker, crashed);
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    crashed(event.message || null);
  });
  return worker;
}

export function createDataClient(options: DataClientOptions = {}): DataClient {
  const { start = startWorker } = options;
  const addresses = (): Addresses => ({ base: options.base ?? document.baseURI, mirror: options.mirror });
  const watches = new Map<number, WatchOptions>();
  let connection: Connection<DataMethods> | null = null;
  let jobs = 0;

  /** The other side, started anew after a crash. */
  const remote = () => {
    if (!connection) {
      const endpoint = start((error) => {
        const broken = connection;
        connection = null;
        broken?.fail(error);
      });
      connection = connect<DataMethods, DataNotice>(
        endpoint,
        ({ job, progress }) => watches.get(job)?.onProgress(progress),
        dataFaults,
      );
    }
    return connection.remote;
  };

  /** Runs a load that stops, here at once and there soon, when its signal says so. */
  const watched = async (watch: WatchOptions, run: (job: number) => Promise<Dataset>): Promise<Dataset> => {
    watch.signal.throwIfAborted();
    const job = jobs++;
    watches.set(job, watch);
    let abort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      abort = () => {
        void remote()
          .cancel(job)
          .catch(() => undefined);
        reject(watch.signal.reason as Error);
      };
      watch.signal.addEventListener('abort', abort);
    });
    try {
      return await Promise.race([run(job), aborted]);
    } finally {
      watch.signal.removeEventListener('abort', abort);
      watches.delete(job);
    }
  };

  return {
    availability: async () => remote().availability(addresses()),
    load: (id, watch) => watched(watch, (job) => remote().load(job, id, watch.download, addresses())),
    loadFiles: (files, watch, answers = {}) =>
      watched(watch, (job) => remote().loadFiles(job, files, answers)),
    forget: async (id) => remote().forget(id),
    remember: async (id) => remote().remember(id),
  };
}
