/** A program is what a rank runs on its device during a turn, an evaluation, a join. Strategies bring them. */
import type { Engine, Shard, Split, Stage, StageSpec } from '../engines/contract.ts';
import type { Channel } from './link.ts';
import type { WorkClock } from './pauses.ts';
import type { SpanRecorder } from './spans.ts';

/** How far a rank is within what it was asked to do. */
export interface Progress {
  readonly rank: number;
  /** Optimizer steps done since the program began. */
  readonly steps: number;
  /** Mean training loss of the latest steps. */
  readonly loss: number;
  /** Set where the rank has had enough for this turn while others still work. */
  readonly done?: boolean;
}

/** Numbers that a program leaves on its device for another. */
export interface Kept {
  readonly values: Float32Array;
  free(): void;
}

/** Images of a split as they came from the page, for programs whose stages do not read images by themselves. */
export interface KeptImages {
  /** `[count, pixels]` */
  readonly images: Uint8Array;
  /** `[count]` */
  readonly labels: Uint8Array;
  free(): void;
}

/** What a program may use on its device. */
export interface RankContext {
  readonly rank: number;
  readonly engine: Engine;
  readonly spans: SpanRecorder;
  /** Aborted when the run is; programs pass it on or check it between pieces of work. */
  readonly signal: AbortSignal;
  /** A stage built before, by name. */
  stage(name: string): Stage;
  /** Builds a stage under a name, replacing one that had it. */
  build(name: string, spec: StageSpec): Promise<Stage>;
  /** Frees a stage. */
  drop(name: string): void;
  /** What this rank keeps of a fully sharded network, by name; made by `keepShards`. */
  readonly shards: Map<string, Shard>;
  /** What this rank keeps from one program to the next, by name; `free` takes it out of the ledger. */
  readonly kept: Map<string, Kept>;
  /** Images that the page sent to be kept. */
  readonly images: ReadonlyMap<Split, KeptImages>;
  /** The link to another rank, for this job. */
  link(peer: number): Channel;
  /** Waits while the run is paused; throws when it is aborted. Call between pieces of work, never mid-exchange. */
  gate(): Promise<void>;
  /** From `start` (`now()`) until now, with the time spent in `gate`, which is not the method's. */
  clock(start: number): WorkClock;
  /** Does an optimizer step that other ranks do too; it waits while weights are read that belong to the one before. */
  update(work: () => Promise<void>): Promise<void>;
  progress(steps: number, loss: number): void;
}

/** Input and output cross to the page, so they must survive a structured clone. */
export type RankProgram<I, O> = (context: RankContext, input: I) => Promise<O>;

// The table's values differ in input and output; `never` admits any input.
export type ProgramTable = Readonly<Record<string, RankProgram<never, unknown>>>;

export type ProgramInput<P extends ProgramTable, K extends keyof P> = Parameters<P[K]>[1];
export type ProgramOutput<P extends ProgramTable, K extends keyof P> = Awaited<ReturnType<P[K]>>;
