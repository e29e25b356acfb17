/**
 * `npm run bench -- cores`: the CPU engine on all cores against one, against its rivals with their own threads, against the
 * build of an earlier commit (`--against`) and against PyTorch, where its environment is there (`npm run bench -- pytorch`
 * makes it first).
 */
import os from 'node:os';
import path from 'node:path';
import { pythonWithTorch, readyPython } from '../../pytorch/environment.ts';
import { openBenchmarkPage, openInPage } from '../browser.ts';
import { busyShare } from '../busy.ts';
import type { ContenderId } from '../contenders/contender.ts';
import { machine } from '../machine.ts';
import { measureContenders } from '../measure.ts';
import { openProcess } from '../node/remote.ts';
import type { BenchOptions } from '../options.ts';
import { DEFAULT_NETWORK, nameOf, WIDE_NETWORK } from '../problem.ts';
import { absentOf, rowsOf, type Row, type Runtime } from '../results.ts';
import type { CpuKernels, Remote } from '../worker-methods.ts';
import { checkOut, type Checkout } from './checkout.ts';
import type { CoresResults, ModelledWidth } from './report.ts';
import { measureStudy, type StudyTimes } from './study.ts';
import { openTorch, torchContenders } from './anchor.ts';

const CORES = os.availableParallelism();
const BATCH = 128;
const WIDTHS = [128, 512, 2048];

type Placed = ContenderId & { readonly runtime: Runtime };

const OURS: readonly ContenderId[] = [...new Set([CORES, 1])].map((threads) => ({
  library: 'piecewise',
  engine: 'cpu',
  threads,
}));

/** @param root Of this checkout. @param say Takes progress. */
export async function measureCores(
  options: BenchOptions,
  root: string,
  say: (text: string) => void,
): Promise<CoresResults> {
  const rounds = options.quick
    ? { rounds: 3, seconds: 0.4, budget: 6 }
    : { rounds: 7, seconds: 2, budget: 45 };
  const networks = options.quick ? [DEFAULT_NETWORK] : [DEFAULT_NETWORK, WIDE_NETWORK];
  const python = options.of === 'pytorch' ? pythonWithTorch() : readyPython();
  if (!python) say('PyTorch is left out: `npm run bench -- pytorch` makes its environment first.');
  if (options.against) say(`Building ${options.against} …`);
  const before = options.against ? checkOut(root, options.against) : null;
  try {
    say('Building the benchmark page and opening Chromium …');
    const { executable } = options;
    const open = await openBenchmarkPage({ hardware: false, ...(executable ? { executable } : {}) });
    try {
      const opened = new Map<ContenderId, () => Remote>();
      const contenders: Placed[] = [];
      const enter = (runtime: Runtime, ids: readonly ContenderId[], start: () => Remote) => {
        for (const id of ids) {
          const placed = { ...id, runtime };
          contenders.push(placed);
          opened.set(placed, start);
        }
      };
      enter('browser', OURS, () => openInPage(open.page));
      for (const library of ['jax-js', 'tensorflow.js'] as const)
        enter('browser', [{ library, engine: 'wasm' }], () => openInPage(open.page));
      enter('node', OURS, () => openProcess(false));
      if (before) {
        const as = `commit ${before.commit}`;
        enter('node', [{ library: 'piecewise', engine: 'cpu', as, threads: CORES }], () =>
          openBefore(before),
        );
      }
      if (python) enter('node', torchContenders(CORES), () => openTorch(path.resolve(python)));

      let busy = 0;
      const rows: Row[] = [];
      const absent: CoresResults['absent'][number][] = [];
      for (const widths of networks) {
        say(`${nameOf(widths)}, batch ${BATCH}: ${contenders.length} contenders …`);
        await open.reload();
        busy = Math.max(busy, await busyShare());
        const measured = await measureContenders(
          (id) => opened.get(id)!(),
          contenders,
          { widths, batch: BATCH },
          rounds,
        );
        for (const runtime of ['browser', 'node'] as const) {
          const here = measured.filter((one) => (one as unknown as Placed).runtime === runtime);
          rows.push(...rowsOf(runtime, here));
          absent.push(...absentOf(runtime, here));
        }
      }
      say('A study, its runs one after another and side by side …');
      const study = studyOr(root, options.quick, say);
      say('Kernels, barriers, and what more cores would be worth …');
      return {
        machine: machine(open.version, null),
        quick: options.quick,
        busy,
        rows,
        absent,
        scaling: [],
        strategies: [],
        study,
        ...(await measureModel(options.quick)),
      };
    } finally {
      await open.close();
    }
  } finally {
    before?.remove();
  }
}

/** On one core there is nothing to share; and a study wants data, which need not be there. */
function studyOr(root: string, quick: boolean, say: (text: string) => void): StudyTimes | null {
  if (CORES === 1) return null;
  try {
    return measureStudy(root, CORES, quick);
  } catch (error) {
    say(`The study is left out. ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/** An earlier benchmark may not know how to say its threads: then it had one. */
function openBefore({ root }: Checkout): Remote {
  const process = openProcess(false, root);
  return {
    ...process,
    ask: (method, ...args) =>
      (method === 'threads' ? process.ask('threads').catch(() => 1) : process.ask(method, ...args)) as never,
  };
}

/** In Node, whose clock is the finest. */
async function measureModel(quick: boolean): Promise<Pick<CoresResults, 'cpu' | 'barrier' | 'widths'>> {
  const process = openProcess(false);
  try {
    const cpu: CpuKernels[] = [];
    for (const threads of new Set([1, CORES])) {
      const kernels = await process.ask('cpuKernels', quick ? 50 : 200, threads);
      if (kernels) cpu.push(kernels);
    }
    const microseconds = CORES > 1 ? await process.ask('barrier', CORES) : null;
    const widths: ModelledWidth[] = [];
    for (const width of quick ? WIDTHS.slice(0, 2) : WIDTHS) {
      const problem = { widths: [784, ...Array<number>(5).fill(width), 47], batch: BATCH };
      const parts = await process.ask('stepParts', problem);
      if (parts) widths.push({ width, ...parts });
    }
    return {
      cpu,
      barrier: microseconds === null ? null : { threads: CORES, microseconds },
      widths,
    };
  } finally {
    process.stop();
  }
}
