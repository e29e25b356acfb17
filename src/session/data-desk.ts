/** Where data are asked for: one load at a time, with its progress, its end, and which sets are where. */
import type { Answers } from '../data/answers.ts';
import type { DataClient, WatchOptions } from '../data/client.ts';
import type { Dataset } from '../data/dataset.ts';
import { isDatasetId, type DatasetId } from '../experiment/datasets.ts';
import { sentence, type House } from './house.ts';
import type { SessionState } from './state.ts';
import { sessionText as text } from './words.ts';
import * as worlds from './world.ts';

interface Load {
  readonly id: DatasetId | 'files';
  readonly stop: AbortController;
}

export class DataDesk {
  private readonly client: DataClient;
  private readonly house: House;
  private readonly show: (sets: SessionState['sets']) => void;
  private load: Load | null = null;
  /** The files that were dropped last. */
  private dropped: readonly File[] = [];
  /** Which sets are where, as far as is known. */
  sets: SessionState['sets'] = [];

  /** @param show Hears of sets that came or went. */
  constructor(client: DataClient, house: House, show: (sets: SessionState['sets']) => void) {
    this.client = client;
    this.house = house;
    this.show = show;
  }

  /** What is being loaded; null where nothing is. */
  get loading(): Load['id'] | null {
    return this.load?.id ?? null;
  }

  /** Ends a load as a person does: that it was cancelled is said. */
  cancel(): void {
    this.load?.stop.abort(new DOMException(text.loadingCancelled, 'AbortError'));
  }

  /** Gives up a load that nobody waits for any more. */
  giveUp(): void {
    this.cancel();
    this.load = null;
    this.house.note(worlds.still);
  }

  /** @param download Whether a set may be fetched from far. */
  loadSet(id: DatasetId, download: boolean): Promise<void> {
    return this.begin(id, (watch) => this.client.load(id, { download, ...watch }));
  }

  /** Loads a set that someone chose. */
  choose(id: string, { download = false }: { readonly download?: boolean } = {}): void {
    if (!isDatasetId(id)) return;
    this.house.make((from) => worlds.choose(from, id));
    if (this.house.world.chosen === id) void this.loadSet(id, download);
  }

  drop(files: readonly File[]): void {
    this.dropped = files;
    this.read({});
  }

  /** Reads the dropped files, again with what was answered about them. */
  read(answers: Answers): void {
    this.house.make((from) => worlds.choose(from, 'files'));
    void this.begin('files', (watch) => this.client.loadFiles(this.dropped, watch, answers), answers);
  }

  /** Takes the files as they are understood. */
  take(): void {
    const { data } = this.house.world;
    if (data.status === 'asking') this.house.make((from) => worlds.arrived(from, data.dataset));
  }

  /** Cancels a load, or what is asked about files. */
  leave(): void {
    this.cancel();
    if (this.house.world.data.status !== 'asking') return;
    const why = { message: text.loadingCancelled, cancelled: true };
    this.house.make((from) => worlds.unsay(worlds.notArrived(from, 'files', why), worlds.isWait));
  }

  forget(id: string): void {
    this.change(this.client.forget(id as DatasetId));
  }

  remember(id: string): void {
    this.change(this.client.remember(id as DatasetId));
  }

  async refresh(): Promise<void> {
    try {
      this.sets = await this.client.availability();
      if (!this.house.closed) this.show(this.sets);
    } catch (error) {
      this.house.say(sentence(error));
    }
  }

  /** What the browser keeps of a set is changed; a failure is said. */
  private change(work: Promise<void>): void {
    void work.then(
      () => this.refresh(),
      (error: unknown) => this.house.say(sentence(error)),
    );
  }

  private async begin(
    id: Load['id'],
    work: (watch: WatchOptions) => Promise<Dataset>,
    answers?: Answers,
  ): Promise<void> {
    const { house } = this;
    this.cancel();
    const mine = (this.load = { id, stop: new AbortController() });
    const { signal } = mine.stop;
    const begun = { status: 'loading', id, phase: 'unpack', file: null, loaded: 0, total: null } as const;
    house.make((from) => worlds.loading(from, begun));
    try {
      const dataset = await work({
        signal,
        onProgress: (progress) => {
          if (this.load === mine)
            house.note((from) => worlds.loading(from, { status: 'loading', id, ...progress }));
        },
      });
      if (this.load !== mine) return;
      this.load = null;
      // Whoever has begun to answer says when it is right.
      const guessed = dataset.understood?.guessed ?? [];
      const open = answers && (guessed.length > 0 || Object.keys(answers).length > 0);
      house.make((from) => (open ? worlds.asked(from, dataset, answers) : worlds.arrived(from, dataset)));
    } catch (error) {
      if (this.load !== mine) return;
      this.load = null;
      const why = { message: sentence(error), cancelled: signal.aborted };
      house.make((from) => worlds.unsay(worlds.notArrived(from, id, why), worlds.isWait));
    } finally {
      void this.refresh();
    }
  }
}
