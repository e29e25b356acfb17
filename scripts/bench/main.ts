/**
 * `npm run bench`: our engines against their rivals, in the browser and in Node. See `options.ts` for the options,
 * `contenders/` for how each library is written, `docs/benchmarks.md` for results.
 */
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureKernels } from '../kernels.ts';
import { openBenchmarkPage } from './browser.ts';
import { busyShare } from './busy.ts';
import { comparisonReport } from './compare.ts';
import type { ContenderId } from './contenders/contender.ts';
import { measureCores } from './cores/cores.ts';
import { barrierRows, coresReport } from './cores/report.ts';
import { keptRun, newestLike, readHistory, writeRun, type KeptRun } from './history.ts';
import { machine } from './machine.ts';
import { measureContenders, measureCpu, type Bench } from './measure.ts';
import { openProcess } from './node/remote.ts';
import { HELP, readOptions, type BenchOptions } from './options.ts';
import { DEFAULT_NETWORK, nameOf, WIDE_NETWORK, type Problem } from './problem.ts';
import {
  absentOf,
  rowsOf,
  scalingRow,
  strategyRows,
  type Results,
  type Row,
  type ScalingRow,
  type StrategyRow,
} from './results.ts';
import { benchPage } from './page-speed.ts';
import { benchScreen } from './screen.ts';
import { keptSections, writeSection } from './sections.ts';
import { page as pageOf, report } from './tables.ts';
import type { CpuKernels } from './worker-methods.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const say = (text: string) => process.stderr.write(`${text}\n`);

const CORES = os.availableParallelism();
/** Kept runs, one small file each. */
const HISTORY = path.join(root, 'docs/benchmarks');

/** On one thread as well: what the others are worth, and what a page gets that cannot share memory. */
const OURS: readonly ContenderId[] = [
  { library: 'piecewise', engine: 'webgpu' },
  { library: 'piecewise', engine: 'cpu', threads: CORES },
  ...(CORES > 1 ? [{ library: 'piecewise', engine: 'cpu', threads: 1 } as const] : []),
];
const RIVALS: readonly ContenderId[] = [
  { library: 'jax-js', engine: 'wasm' },
  { library: 'jax-js', engine: 'webgpu' },
  { library: 'tensorflow.js', engine: 'wasm' },
  { library: 'tensorflow.js', engine: 'webgl' },
  { library: 'tensorflow.js', engine: 'webgpu' },
  { library: 'tensorflow.js', engine: 'cpu' },
];
/** jax-js has no WebGPU in Node, and TensorFlow.js's WebAssembly there is measured in the browser already. */
const IN_NODE: readonly ContenderId[] = [...OURS, { library: 'tensorflow.js', engine: 'webgpu' }];

const BATCH = 128;
const FULL = { rounds: 7, seconds: 2, budget: 45 };
const QUICK = { rounds: 3, seconds: 0.4, budget: 3, startWithin: 20 };

const DEFAULT: Problem = { widths: DEFAULT_NETWORK, batch: BATCH };
const WIDE: Problem = { widths: WIDE_NETWORK, batch: BATCH };

/** What the scaling table varies, one thing at a time. */
const SCALING: readonly {
  readonly change: string;
  readonly problem: Problem;
  readonly partitions: number;
}[] = [
  { change: 'default network, batch 128', problem: DEFAULT, partitions: 1 },
  { change: 'width × 2', problem: WIDE, partitions: 1 },
  { change: 'depth × 2', problem: { ...DEFAULT, widths: [784, ...Array(10).fill(512), 47] }, partitions: 1 },
  { change: 'batch × 2', problem: { ...DEFAULT, batch: 2 * BATCH }, partitions: 1 },
  ...[2, 3, 4, 5, 6].map((partitions) => ({
    change: `${partitions} partitions`,
    problem: DEFAULT,
    partitions,
  })),
];

async function measure(options: BenchOptions): Promise<Results> {
  const rounds = options.quick ? QUICK : FULL;
  const problems = options.quick ? [DEFAULT] : [DEFAULT, WIDE];
  // The plain JavaScript backend takes seconds a step: not for a quick look.
  const ids = [...OURS, ...RIVALS].filter(
    ({ engine, library }) => !options.quick || library === 'piecewise' || engine !== 'cpu',
  );
  const rows: Row[] = [];
  const absent: Results['absent'][number][] = [];
  const scaling: ScalingRow[] = [];
  const strategies: StrategyRow[] = [];
  let cpu: Results['cpu'] = [];
  let busy = 0;
  /** To be called before a measurement, when nothing of ours works. */
  const lookAround = async () => (busy = Math.max(busy, await busyShare()));
  let browser: string | null = null;
  let adapter: string | null = null;
  const results = (): Results => ({
    machine: machine(browser, adapter),
    quick: options.quick,
    rows,
    absent,
    scaling,
    strategies,
    cpu,
    busy,
  });

  if (options.only !== 'node') {
    say('Building the benchmark page and opening Chromium …');
    const { hardware, executable } = options;
    const open = await openBenchmarkPage({ hardware, ...(executable ? { executable } : {}) });
    try {
      browser = open.version;
      adapter = await open.page.evaluate(() => window.benchmark.adapter());
      say(`${browser}, WebGPU adapter: ${adapter}`);
      await lookAround();
      if (options.only === 'strategies') {
        strategies.push(...(await measureStrategies(open.page, open.reload, options.hardware)));
        return results();
      }
      cpu = await measureKernels((runs, threads) =>
        open.page.evaluate(([one, two]) => window.benchmark.cpuKernels(one, two), [runs, threads] as const),
      );
      for (const problem of problems) {
        say(`${nameOf(problem.widths)}, batch ${problem.batch}, in the browser …`);
        await open.reload();
        await lookAround();
        const measured = await open.page.evaluate(
          ([one, two, three]) => window.benchmark.contenders(one, two, three),
          [ids, problem, rounds] as Parameters<Bench['contenders']>,
        );
        rows.push(...rowsOf('browser', measured));
        absent.push(...absentOf('browser', measured));
      }
      if (!options.quick) {
        scaling.push(...(await measureScaling(open.page, open.reload)));
        strategies.push(...(await measureStrategies(open.page, open.reload, options.hardware)));
      }
    } finally {
      await open.close();
    }
  }
  // A minute is not enough for both; a quick run is in Node only if it is asked for.
  if (options.only === 'node' || (options.only === null && !options.quick)) {
    for (const problem of problems) {
      say(`${nameOf(problem.widths)}, batch ${problem.batch}, in Node …`);
      await lookAround();
      if (cpu.length === 0) {
        cpu = await measureKernels((runs, threads) =>
          measureCpu(() => openProcess(options.hardware), runs, threads),
        );
      }
      const measured = await measureContenders(() => openProcess(options.hardware), IN_NODE, problem, rounds);
      rows.push(...rowsOf('node', measured));
      absent.push(...absentOf('node', measured));
    }
  }
  return results();

  async function measureKernels(
    once: (runs: number, threads: number) => Promise<CpuKernels | null>,
  ): Promise<CpuKernels[]> {
    const measured: CpuKernels[] = [];
    for (const threads of new Set([1, CORES])) {
      const kernels = await once(options.quick ? 50 : 200, threads);
      if (kernels) measured.push(kernels);
    }
    return measured;
  }
}

type PlaywrightPage = Awaited<ReturnType<typeof openBenchmarkPage>>['page'];

async function measureScaling(page: PlaywrightPage, reload: () => Promise<void>): Promise<ScalingRow[]> {
  const rows: ScalingRow[] = [];
  for (const engine of ['cpu', 'webgpu'] as const) {
    for (const { change, problem, partitions } of SCALING) {
      say(`Scaling, ${engine}: ${change} …`);
      await reload();
      const measured = await page.evaluate(
        ([one, two, three, four, five]) => window.benchmark.partitions(one, two, three, four, five),
        [engine, problem, partitions, CORES, { rounds: 5, seconds: 1, budget: 20 }] as Parameters<
          Bench['partitions']
        >,
      );
      rows.push(scalingRow(change, measured));
    }
  }
  return rows;
}

/** On the processor, and on the graphics card where there is one: a software adapter only makes all of them slow. */
async function measureStrategies(
  page: PlaywrightPage,
  reload: () => Promise<void>,
  hardware: boolean,
): Promise<StrategyRow[]> {
  const rows: StrategyRow[] = [];
  for (const engine of hardware ? (['cpu', 'webgpu'] as const) : (['cpu'] as const)) {
    for (const count of [2, 4]) {
      say(`Strategies on ${count} devices, ${engine} …`);
      await reload();
      const measured = await page.evaluate(
        ([one, two, three, four]) => window.benchmark.strategies(one, two, three, four),
        [engine, DEFAULT, count, { rounds: 5, seconds: 1.5, budget: 30 }] as const,
      );
      rows.push(...strategyRows(count, measured));
    }
  }
  return rows;
}

/** Prints results, compares and keeps them, as asked. */
async function hand(
  results: Results,
  { json, compare, write }: BenchOptions,
  history: readonly KeptRun[],
  run: KeptRun,
  text: string,
  writeDown: () => Promise<void>,
): Promise<void> {
  console.log(json ? JSON.stringify(results, null, 2) : text);
  if (compare) {
    const before = newestLike(run, history);
    (json ? say : console.log)(
      before
        ? `\n${comparisonReport(before, run)}`
        : `\nNo earlier run of such a machine is kept in docs/benchmarks: ${run.machine.processor}, ${CORES} cores.`,
    );
  }
  if (!write) return;
  await writeDown();
  say(`Written: docs/benchmarks.md, docs/benchmarks/${writeRun(HISTORY, run)}`);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(HELP);
  } else if (options.of === 'page') {
    await benchPage(options.write);
  } else if (options.of === 'screen') {
    await benchScreen(options.write);
  } else {
    // The kernels are compiled, not committed. What the compiler says goes where progress goes.
    await ensureKernels(say);
    // Read first: a file that is broken should not be found out after an hour.
    const history = options.compare ? readHistory(HISTORY) : [];
    if (options.of) {
      const results = await measureCores(options, root, say);
      const text = coresReport(results);
      const run = keptRun(results, new Date(), 'cores', barrierRows(results));
      await hand(results, options, history, run, text, () => writeSection('cores', text));
    } else {
      const results = await measure(options);
      const run = keptRun(results, new Date());
      await hand(results, options, history, run, report(results), async () => {
        const kept = keptSections(['cores', 'page', 'one-screen']);
        writeFileSync(
          path.join(root, 'docs/benchmarks.md'),
          [pageOf(results), kept].filter(Boolean).join('\n'),
        );
      });
    }
  }
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
