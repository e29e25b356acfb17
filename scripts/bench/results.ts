/** From measurements to the rows that are printed, written and given out as JSON. */
import { BASELINE } from '../../src/experiment/strategies.ts';
import type { ContenderId } from './contenders/contender.ts';
import type { Machine } from './machine.ts';
import type { Absent, Measured, MeasuredPartitions } from './measure.ts';
import { evenCuts, flopsPerStep, nameOf, type Problem } from './problem.ts';
import type { CpuKernels } from './worker-methods.ts';
import { spreadOf, type Spread } from './rounds.ts';
import type { MeasuredStrategy } from './strategies.ts';

export type Runtime = 'browser' | 'node';

export interface Row {
  readonly network: string;
  readonly batch: number;
  readonly runtime: Runtime;
  readonly engine: ContenderId['engine'];
  readonly library: ContenderId['library'];
  readonly about: string;
  readonly as?: string;
  /** Threads of the processor that did the arithmetic; null where a graphics interface did. */
  readonly threads: number | null;
  readonly stepsPerSecond: Spread;
  readonly gflops: number;
  /** GPU buffers and WebAssembly memories the contender held at its fullest (`bytes.ts`). */
  readonly peakBytes: number;
  /**
   * This row's steps per second over those of our engine, on all the threads it was given, on the same hardware in the
   * same runtime (`comparedWith`): 1 for ours, below 1 for a slower rival. `null` where ours did not run.
   */
  readonly ratioToOurs: number | null;
  readonly comparedWith: 'webgpu' | 'cpu';
}

export interface ScalingRow {
  readonly change: string;
  readonly network: string;
  readonly batch: number;
  readonly engine: 'webgpu' | 'cpu';
  readonly partitions: number;
  readonly stepsPerSecond: Spread;
  readonly gflops: number;
  /** Largest device, by its ledger. */
  readonly peakBytesPerDevice: number;
  readonly peakBytesInAll: number;
}

export interface StrategyRow {
  readonly strategy: string;
  readonly network: string;
  readonly batch: number;
  readonly engine: 'webgpu' | 'cpu';
  readonly devices: number;
  /** Devices the others have in the same measurement: conventional training always has one. */
  readonly of: number;
  readonly stepsPerSecond: Spread;
  /** Conventional training's steps per second over this strategy's: above 1 is slower. */
  readonly overhead: number;
  readonly transferShare: number;
  readonly bytesPerStep: number;
  /** Fullest device, by its ledger, without the images. */
  readonly peakBytesPerDevice: number;
}

export interface Results {
  readonly machine: Machine;
  readonly quick: boolean;
  readonly rows: readonly Row[];
  /** Contenders that could not run here. */
  readonly absent: readonly (ContenderId & { readonly runtime: Runtime; readonly why: string })[];
  readonly scaling: readonly ScalingRow[];
  readonly strategies: readonly StrategyRow[];
  /** The CPU engine's kernels on one thread, and on one for every core where there are several. */
  readonly cpu: readonly CpuKernels[];
  /** Share of all cores' time that went into something else, at its highest before any of the measurements. */
  readonly busy: number;
}

/** Which of our engines a contender shares its hardware with: GPU interfaces or the processor. */
export function rivalOf({ engine }: Pick<ContenderId, 'engine'>): 'webgpu' | 'cpu' {
  return engine === 'webgpu' || engine === 'webgl' ? 'webgpu' : 'cpu';
}

/** Our engine as it is now, on the most threads it was given. */
function oursAmong(ran: readonly Measured[], engine: 'webgpu' | 'cpu'): Measured | undefined {
  return ran
    .filter((each) => each.library === 'piecewise' && each.engine === engine && each.as === undefined)
    .sort((a, b) => (b.threads ?? 0) - (a.threads ?? 0))[0];
}

/** Rows of one problem in one runtime. @throws Error if the contenders did not do the same work. */
export function rowsOf(runtime: Runtime, measured: readonly (Measured | Absent)[]): Row[] {
  const ran = measured.filter((each): each is Measured => 'about' in each);
  for (const { library, engine, firstLoss } of ran) {
    // Float32 sums of at most 1,024 terms in different orders agree to about 1e-6; different work does not.
    if (!(Math.abs(firstLoss - ran[0].firstLoss) < 1e-3)) {
      throw new Error(
        `${library} ${engine} computes a loss of ${firstLoss} where ${ran[0].library} ${ran[0].engine} computes ` +
          `${ran[0].firstLoss}: they do not do the same work, so their times cannot be compared.`,
      );
    }
  }
  return ran.map(({ library, engine, as, about, threads, problem, stepsPerSecond, peakBytes }) => {
    const comparedWith = rivalOf({ engine });
    const ours = oursAmong(ran, comparedWith);
    const spread = spreadOf(stepsPerSecond);
    return {
      network: nameOf(problem.widths),
      batch: problem.batch,
      runtime,
      engine,
      library,
      about,
      threads,
      ...(as === undefined ? {} : { as }),
      stepsPerSecond: spread,
      gflops: gflops(problem, spread.median),
      peakBytes,
      ratioToOurs: ours ? spread.median / spreadOf(ours.stepsPerSecond).median : null,
      comparedWith,
    };
  });
}

export function absentOf(runtime: Runtime, measured: readonly (Measured | Absent)[]): Results['absent'] {
  return measured.flatMap((each) => {
    if (!('absent' in each)) return [];
    const { library, engine, as, threads, absent: why } = each;
    return [
      {
        library,
        engine,
        ...(as === undefined ? {} : { as }),
        ...(threads === undefined ? {} : { threads }),
        runtime,
        why,
      },
    ];
  });
}

export function scalingRow(change: string, measured: MeasuredPartitions): ScalingRow {
  const { engine, problem, count, peakBytes } = measured;
  const spread = spreadOf(measured.stepsPerSecond);
  return {
    change,
    network: nameOf(problem.widths),
    batch: problem.batch,
    engine,
    partitions: count,
    stepsPerSecond: spread,
    gflops: gflops(problem, spread.median, evenCuts(problem.widths.length - 1, count)),
    peakBytesPerDevice: Math.max(...peakBytes),
    peakBytesInAll: peakBytes.reduce((sum, bytes) => sum + bytes, 0),
  };
}

export function strategyRows(of: number, measured: readonly MeasuredStrategy[]): StrategyRow[] {
  const conventional = measured.find(({ strategy }) => strategy === BASELINE)!;
  const base = spreadOf(conventional.stepsPerSecond).median;
  return measured.map(({ label, problem, stepsPerSecond, ...row }) => ({
    ...row,
    strategy: label,
    of,
    network: nameOf(problem.widths),
    batch: problem.batch,
    stepsPerSecond: spreadOf(stepsPerSecond),
    overhead: base / spreadOf(stepsPerSecond).median,
  }));
}

function gflops(problem: Problem, stepsPerSecond: number, cuts: readonly number[] = []): number {
  return (flopsPerStep(problem, cuts) * stepsPerSecond) / 1e9;
}
