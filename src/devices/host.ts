/** The worker's side of a device: owns the engine, the stages and the links, and runs programs. */
import { selfCheck } from '../engines/self-check.ts';
import type {
  Engine,
  EngineAbout,
  EngineId,
  EngineOptions,
  EngineProvider,
  Shard,
  Split,
  Stage,
  StageSpec,
} from '../engines/contract.ts';
import type { DeviceLoss } from '../engines/errors.ts';
import type { MemoryReading } from '../engines/ledger.ts';
import { Link, type LinkPort } from './link.ts';
import type { Kept, KeptImages, ProgramTable, Progress, RankContext, RankProgram } from './program.ts';
import { Pacer, turn } from '../messages/pause.ts';
import { serve, transfer, type Endpoint } from '../messages/rpc.ts';
import type { Interval } from './pauses.ts';
import type { DeviceReading } from './reading.ts';
import { now, SpanRecorder } from './spans.ts';
import { TrafficLedger } from './traffic.ts';
import { Updates } from './updates.ts';

/** What a worker says unasked. */
export type DeviceNotice =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'lost'; readonly loss: DeviceLoss };

/** What the page can ask of a worker. */
export interface DeviceMethods {
  /** @param options.check Whether to test the engine's arithmetic first (`engines/self-check.ts`). */
  open(rank: number, engine: EngineId, options: EngineOptions & { check: boolean }): Promise<EngineAbout>;
  connect(peer: number, port: MessagePort): void;
  build(stage: string, spec: StageSpec): Promise<void>;
  drop(stage: string): void;
  /** Takes a piece of a split's images, to lie at `offset` of `total` bytes. Pieces come in order. */
  piece(split: Split, images: Uint8Array, offset: number, total: number): void;
  /** Gives a stage the images that came in pieces, which are then let go of. */
  load(stage: string, split: Split, labels: Uint8Array): Promise<void>;
  /** Keeps the images that came in pieces, for programs to read. Replaces earlier ones. */
  keep(split: Split, labels: Uint8Array): void;
  /** @param job Messages go only between programs of one job (`newJob`). */
  run(program: string, input: unknown, job: number): Promise<unknown>;
  pause(): void;
  resume(): void;
  /** Makes the running program throw AbortError at its next check. */
  abort(): void;
  read(): DeviceReading;
  readParameters(stage: string): Promise<Float32Array<ArrayBuffer>>;
  writeParameters(stage: string, values: Float32Array): Promise<void>;
  /** What this rank keeps of a fully sharded network, layer by layer; also while a program runs. */
  readShards(): Promise<Float32Array<ArrayBuffer>[]>;
  /** Lets no further `update` of a program begin. @returns How many were done so far, once the one under way is. */
  holdUpdates(): Promise<number>;
  /** Lets updates go on until so many are done, and waits for that. */
  reachUpdate(count: number): Promise<void>;
  /** Lets updates go on. */
  freeUpdates(): void;
  close(): Promise<MemoryReading>;
}

/** Loads an engine when it is chosen; the others' code never arrives. */
export type EngineLoader = (id: EngineId) => Promise<Pick<EngineProvider, 'create'>>;

/** Resolves when the signal aborts; a run that is paused can be stopped. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

export function hostDevice(endpoint: Endpoint, programs: ProgramTable, loadEngine: EngineLoader): void {
  const stages = new Map<string, Stage>();
  const shards = new Map<string, Shard>();
  const kept = new Map<string, Kept>();
  const links = new Map<number, Link>();
  const arriving = new Map<Split, Uint8Array>();
  const images = new Map<Split, KeptImages>();
  const spans = new SpanRecorder();
  const traffic = new TrafficLedger();
  const updates = new Updates();
  let rank = -1;
  let engine: Engine | null = null;
  let running: AbortController | null = null;
  let paused: { readonly until: Promise<void>; readonly resume: () => void } | null = null;

  const opened = (): Engine => {
    if (!engine) throw new Error('This device has not been opened yet.');
    return engine;
  };
  const stage = (name: string): Stage => {
    const found = stages.get(name);
    if (!found) throw new Error(`Device ${rank + 1} holds no stage named "${name}".`);
    return found;
  };

  /** What came in pieces, once. */
  const arrived = (split: Split): Uint8Array => {
    const all = arriving.get(split) ?? new Uint8Array(0);
    arriving.delete(split);
    return all;
  };

  /** Enters a copy that leaves for the page at once. */
  const looked = (bytes: number) => opened().hold('looking', bytes)();

  /** A fresh context for one run of a program. */
  const context = (job: number, signal: AbortSignal): RankContext => {
    const pauses: Interval[] = [];
    const pacer = new Pacer();
    return {
      rank,
      engine: opened(),
      spans,
      signal,
      stage,
      shards,
      kept,
      images,
      async build(name, spec) {
        await methods.build(name, spec);
        return stage(name);
      },
      drop: (name) => methods.drop(name),
      link(peer) {
        const link = links.get(peer);
        if (!link) throw new Error(`Device ${rank + 1} has no link to device ${peer + 1}.`);
        return link.of(job, signal);
      },
      async gate() {
        // A request to pause or stop may have arrived while the thread was busy.
        await pacer.pause();
        signal.throwIfAborted();
        if (!paused) return;
        const start = now();
        await Promise.race([paused.until, aborted(signal)]);
        pauses.push({ start, end: now() });
        signal.throwIfAborted();
      },
      clock: (start) => ({ start, end: now(), pauses }),
      update: (work) => updates.during(work, signal, (held) => pauses.push(held)),
      progress: (steps, loss) => notify({ kind: 'progress', progress: { rank, steps, loss } }),
    };
  };

  const methods: DeviceMethods = {
    async open(itsRank, id, { check, ...options }) {
      rank = itsRank;
      const created = await (await loadEngine(id)).create(options);
      const verdict = check ? await selfCheck(created) : null;
      if (verdict && !verdict.ok) {
        await created.dispose();
        throw verdict.error;
      }
      engine = created;
      void engine.lost.then((loss) => {
        running?.abort(new DOMException(loss.message, 'AbortError'));
        notify({ kind: 'lost', loss });
      });
      return engine.about;
    },
    connect(peer, port) {
      links.get(peer)?.close();
      links.set(peer, new Link(peer, port as LinkPort, traffic, spans));
    },
    async build(name, spec) {
      methods.drop(name);
      stages.set(name, await opened().stage(spec));
    },
    drop(name) {
      stages.get(name)?.dispose();
      stages.delete(name);
    },
    piece(split, piece, offset, total) {
      const all = arriving.get(split);
      if (all?.length === total) return all.set(piece, offset);
      const begun = new Uint8Array(total);
      begun.set(piece, offset);
      arriving.set(split, begun);
    },
    load: (name, split, labels) => stage(name).load(split, arrived(split), labels),
    keep(split, labels) {
      images.get(split)?.free();
      const all = arrived(split);
      const free = opened().hold('data', all.byteLength + labels.byteLength);
      images.set(split, { images: all, labels, free });
    },
    async run(name, input, job) {
      const program = programs[name] as RankProgram<unknown, unknown> | undefined;
      if (!program) throw new Error(`No program is named "${name}".`);
      if (running) throw new Error(`Device ${rank + 1} is still busy.`);
      const { signal } = (running = new AbortController());
      for (const link of links.values()) link.of(job, signal);
      try {
        return await program(context(job, signal), input);
      } catch (error) {
        // Where it failed because the engine is lost, that is told first.
        await turn();
        throw error;
      } finally {
        running = null;
      }
    },
    pause() {
      if (paused) return;
      let resume!: () => void;
      const until = new Promise<void>((resolve) => (resume = resolve));
      paused = { until, resume };
      spans.pause();
    },
    resume() {
      paused?.resume();
      paused = null;
      spans.resume();
    },
    abort() {
      running?.abort(new DOMException('The run was stopped.', 'AbortError'));
      updates.free();
    },
    read: () => ({
      memory: opened().memory(),
      fullest: opened().takeFullest(),
      traffic: traffic.read(),
      spans: spans.drain(),
      spent: spans.totals(),
      tuned: opened().tuned?.() ?? [],
    }),
    async readParameters(name) {
      const values = await stage(name).readParameters();
      looked(values.byteLength);
      return transfer(values, [values.buffer]);
    },
    writeParameters: (name, values) => stage(name).writeParameters(values),
    async readShards() {
      const parts = await Promise.all([...shards.values()].map((shard) => shard.read('looking')));
      looked(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
      return transfer(
        parts,
        parts.map(({ buffer }) => buffer),
      );
    },
    holdUpdates: () => updates.hold(),
    reachUpdate: (count) => updates.reach(count),
    freeUpdates: () => updates.free(),
    async close() {
      methods.abort();
      for (const link of links.values()) link.close();
      for (const name of [...stages.keys()]) methods.drop(name);
      for (const shard of shards.values()) shard.dispose();
      shards.clear();
      for (const { free } of kept.values()) free();
      kept.clear();
      for (const { free } of images.values()) free();
      images.clear();
      const held = opened();
      await held.dispose();
      return held.memory();
    },
  };

  const notify = serve<DeviceMethods, DeviceNotice>(endpoint, methods);
}
