/** The worker's side of the data client: the loader behind typed calls. */
import type { DatasetId } from '../experiment/datasets.ts';
import { serve, transfer, type Endpoint } from '../messages/rpc.ts';
import type { Answers } from './answers.ts';
import type { Dataset } from './dataset.ts';
import {
  forgetDataset,
  listAvailability,
  loadDataset,
  loadDroppedFiles,
  rememberDataset,
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
  loadFiles(job: number, files: readonly File[], answers: Answers): Promise<Dataset>;
  cancel(job: number): void;
  forget(id: DatasetId): Promise<void>;
  remember(id: DatasetId): Promise<void>;
}

export interface DataNotice {
  readonly job: number;
  readonly progress: LoadProgress;
}

/** Often enough for the eye, seldom enough for the page. */
const REPORT_EVERY_MS = 50;

/** Passes on at most one report in 50 ms, and always the newest in the end: a host that pauses leaves no old figure. */
function thinned(report: (progress: LoadProgress) => void) {
  let waiting: LoadProgress | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const send = () => {
    timer = null;
    if (!waiting) return;
    report(waiting);
    waiting = null;
    timer = setTimeout(send, REPORT_EVERY_MS);
  };
  return {
    report(progress: LoadProgress) {
      // The last figure of a phase is not overtaken by the next phase's first one.
      if (waiting && waiting.phase !== progress.phase) report(waiting);
      waiting = progress;
      if (timer === null) send();
    },
    /** Sends what waits; nothing comes after it. */
    end() {
      if (timer !== null) clearTimeout(timer);
      if (waiting) report(waiting);
      waiting = null;
    },
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
    const progress = thinned((latest) => notice({ job, progress: latest }));
    jobs.set(job, controller);
    try {
      return moved(await run({ signal: controller.signal, onProgress: progress.report }));
    } finally {
      progress.end();
      jobs.delete(job);
    }
  };
  notice = serve<DataMethods, DataNotice>(endpoint, {
    availability: async (at) => listAvailability({ ...(await environment()), ...at }),
    load: (job, id, download, at) =>
      watched(job, async (watch) => loadDataset(id, { ...(await environment()), ...at, ...watch, download })),
    loadFiles: (job, files, answers) =>
      watched(job, async (watch) => loadDroppedFiles(files, { ...(await environment()), ...watch, answers })),
    cancel: (job) => jobs.get(job)?.abort(),
    forget: async (id) => forgetDataset(id, await environment()),
    remember: async (id) => rememberDataset(id, await environment()),
  });
}
