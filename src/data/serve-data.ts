/** The worker's side of the data client: the loader behind typed calls. */
import type { DatasetId } from '../experiment/datasets.ts';
import { serve, transfer, type Endpoint } from '../messages/rpc.ts';
import type { Dataset } from './dataset.ts';
import {
  forgetDataset,
  listAvailability,
  loadDataset,
  loadDroppedFiles,
  type DataEnvironment,
  type DatasetAvailability,
  type LoadProgress,
} from './loader.ts';

/** Addresses, which the worker cannot know: its own is that of a script. */
export interface Addresses {
  readonly base: string;
  readonly mirror?: string | undefined;
}

/** `job` names a load: its progress is noticed under it, and `cancel` stops it. */
export interface DataMethods {
  availability(at: Addresses): Promise<DatasetAvailability[]>;
  load(job: number, id: DatasetId, download: boolean, at: Addresses): Promise<Dataset>;
  loadFiles(job: number, files: readonly File[]): Promise<Dataset>;
  cancel(job: number): void;
  forget(id: DatasetId): Promise<void>;
}

export interface DataNotice {
  readonly job: number;
  readonly progress: LoadProgress;
}

/** Often enough for the eye, seldom enough for the page. */
const REPORT_EVERY_MS = 50;

/** Passes on the first and last report of every phase, and of the others one every 50 ms. */
function thinned(report: (progress: LoadProgress) => void): (progress: LoadProgress) => void {
  let last = -Infinity;
  let phase: LoadProgress['phase'] | null = null;
  return (progress) => {
    const now = performance.now();
    if (progress.phase === phase && progress.loaded !== progress.total && now - last < REPORT_EVERY_MS)
      return;
    last = now;
    phase = progress.phase;
    report(progress);
  };
}

const moved = (dataset: Dataset): Dataset =>
  transfer(
    dataset,
    [dataset.train, dataset.test].flatMap(({ images, labels }) => [
      images.buffer as ArrayBuffer,
      labels.buffer as ArrayBuffer,
    ]),
  );

/** Answers a data client at the other end of `endpoint`. */
export function serveData(
  endpoint: Endpoint,
  environment: () => Promise<Omit<DataEnvironment, keyof Addresses>>,
) {
  const jobs = new Map<number, AbortController>();
  // The methods are made before `serve` returns the function that they post their notices with.
  let notice: (notice: DataNotice) => void = () => {};
  const watched = async (
    job: number,
    run: (watch: { signal: AbortSignal; onProgress: (progress: LoadProgress) => void }) => Promise<Dataset>,
  ) => {
    const controller = new AbortController();
    jobs.set(job, controller);
    try {
      const onProgress = thinned((progress) => notice({ job, progress }));
      return moved(await run({ signal: controller.signal, onProgress }));
    } finally {
      jobs.delete(job);
    }
  };
  notice = serve<DataMethods, DataNotice>(endpoint, {
    availability: async (at) => listAvailability({ ...(await environment()), ...at }),
    load: (job, id, download, at) =>
      watched(job, async (watch) => loadDataset(id, { ...(await environment()), ...at, ...watch, download })),
    loadFiles: (job, files) => watched(job, (watch) => loadDroppedFiles(files, watch)),
    cancel: (job) => jobs.get(job)?.abort(),
    forget: async (id) => forgetDataset(id, await environment()),
  });
}
