/** The measurements, the same in a page (workers) and in Node (processes). */
import type { ContenderId } from './contenders/contender.ts';
import type { Problem } from './problem.ts';
import { interleave, type RoundOptions } from './rounds.ts';
import type { CpuKernels, Remote } from './worker-methods.ts';

/** A contender that ran. */
export interface Measured extends Omit<ContenderId, 'threads'> {
  readonly problem: Problem;
  readonly about: string;
  /** Threads of the processor that did the arithmetic; null where a graphics interface did. */
  readonly threads: number | null;
  /** Steps per second of each round. */
  readonly stepsPerSecond: readonly number[];
  readonly peakBytes: number;
  /** Mean loss of the first batch before any update: the same for all, if they do the same work. */
  readonly firstLoss: number;
}

/** A contender that could not run here, and why. */
export interface Absent extends ContenderId {
  readonly problem: Problem;
  readonly absent: string;
}

/** One SIL training with some number of partitions, each in a worker of its own, all at once. */
export interface MeasuredPartitions {
  readonly engine: 'webgpu' | 'cpu';
  readonly problem: Problem;
  readonly count: number;
  /** Steps of the whole network per second: the slowest partition's. */
  readonly stepsPerSecond: readonly number[];
  /** High-water bytes of each device's ledger. */
  readonly peakBytes: readonly number[];
}

export interface Bench {
  contenders(
    ids: readonly ContenderId[],
    problem: Problem,
    options: MeasureOptions,
  ): Promise<(Measured | Absent)[]>;
  partitions(
    engine: 'webgpu' | 'cpu',
    problem: Problem,
    count: number,
    cores: number,
    options: RoundOptions,
  ): Promise<MeasuredPartitions>;
  cpuKernels(runs: number, threads: number): Promise<CpuKernels | null>;
}

type Open = (id: ContenderId) => Remote;

/** Rounds, and for a run that must end soon: seconds after which no further contender is started. */
export interface MeasureOptions extends RoundOptions {
  readonly startWithin?: number;
}

export async function measureContenders(
  open: Open,
  ids: readonly ContenderId[],
  problem: Problem,
  options: MeasureOptions,
): Promise<(Measured | Absent)[]> {
  const begun = performance.now();
  const absent: Absent[] = [];
  const ready: {
    id: ContenderId;
    remote: Remote;
    about: string;
    threads: number | null;
    firstLoss: number;
  }[] = [];
  for (const id of ids) {
    if (performance.now() - begun > 1000 * (options.startWithin ?? Infinity)) {
      absent.push({ ...id, problem, absent: 'left out, because the time of this run was over' });
      continue;
    }
    const remote = open(id);
    try {
      const about = await remote.ask('start', id, problem);
      const threads = await remote.ask('threads');
      // The first step also compiles what the library compiles.
      ready.push({ id, remote, about, threads, firstLoss: await remote.ask('run', 1) });
    } catch (error) {
      absent.push({ ...id, problem, absent: error instanceof Error ? error.message : String(error) });
      remote.stop();
    }
  }
  const rates = await interleave(
    ready.map(
      ({ remote }) =>
        (steps) =>
          remote.ask('run', steps),
    ),
    options,
  );
  const measured: Measured[] = [];
  for (const [i, { id, remote, about, threads, firstLoss }] of ready.entries()) {
    const peakBytes = await remote.ask('peakBytes');
    measured.push({ ...id, problem, about, threads, firstLoss, stepsPerSecond: rates[i], peakBytes });
    remote.stop();
  }
  return [...measured, ...absent];
}

/** @param cores That the partitions share, as on the page: each has an equal share of them for its threads. */
export async function measurePartitions(
  open: () => Remote,
  engine: 'webgpu' | 'cpu',
  problem: Problem,
  count: number,
  cores: number,
  options: RoundOptions,
): Promise<MeasuredPartitions> {
  const threads = Math.max(1, Math.floor(cores / count));
  const remotes = Array.from({ length: count }, open);
  await Promise.all(
    remotes.map((remote, rank) => remote.ask('startPartition', engine, problem, rank, count, threads)),
  );
  const together = (steps: number) => Promise.all(remotes.map((remote) => remote.ask('run', steps)));
  await together(1);
  const [stepsPerSecond] = await interleave([together], options);
  const peakBytes = await Promise.all(remotes.map((remote) => remote.ask('peakBytes')));
  remotes.forEach((remote) => remote.stop());
  return { engine, problem, count, stepsPerSecond, peakBytes };
}

export async function measureCpu(
  open: () => Remote,
  runs: number,
  threads: number,
): Promise<CpuKernels | null> {
  const remote = open();
  try {
    return await remote.ask('cpuKernels', runs, threads);
  } finally {
    remote.stop();
  }
}
