/** PyTorch on the same processor: what native code makes of it. A process of its own for each contender (`anchor.py`). */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ContenderId } from '../contenders/contender.ts';
import { materialOf, PIXEL_SCALE, RATE, type Problem } from '../problem.ts';
import type { Remote, WorkerMethods } from '../worker-methods.ts';

const script = fileURLToPath(new URL('./anchor.py', import.meta.url));

/** Ways to run it, by what `ContenderId.as` says of them. */
const WAYS: Readonly<Record<string, { readonly fused: boolean; readonly compiled: boolean }>> = {
  'eager, plain Adam': { fused: false, compiled: false },
  'eager, fused Adam': { fused: true, compiled: false },
  'torch.compile, fused Adam': { fused: true, compiled: true },
};

/** Each way on all cores; the plain one on one core too. */
export const torchContenders = (cores: number): ContenderId[] => [
  ...Object.keys(WAYS).map((as) => ({ library: 'pytorch', engine: 'cpu', as, threads: cores }) as const),
  ...(cores > 1 ? [{ library: 'pytorch', engine: 'cpu', as: 'eager, plain Adam', threads: 1 } as const] : []),
];

type Line =
  | { readonly version: string; readonly threads: number }
  | { readonly loss: number }
  | { readonly error: string };

/** @param python With PyTorch. */
export function openTorch(python: string): Remote {
  const folder = mkdtempSync(path.join(tmpdir(), 'piecewise-torch-'));
  let child: ReturnType<typeof start> | null = null;
  let threads = 0;

  function start() {
    const process = spawn(python, [script, folder], { stdio: ['pipe', 'pipe', 'pipe'] });
    let complaint = '';
    process.stderr.on('data', (data: Buffer) => {
      complaint = data.toString().trim().split('\n').at(-1) ?? '';
    });
    const lines = createInterface(process.stdout)[Symbol.asyncIterator]();
    return {
      process,
      async next(): Promise<Line> {
        const { value, done } = await lines.next();
        if (done) throw new Error(`PyTorch’s process ended without an answer. ${complaint}`.trim());
        const line = JSON.parse(value as string) as Line;
        if ('error' in line) throw new Error(line.error);
        return line;
      },
    };
  }

  const methods: Pick<WorkerMethods, 'start' | 'threads' | 'run' | 'peakBytes'> = {
    async start(id, problem) {
      writeWork(folder, id, problem);
      child = start();
      const said = (await child.next()) as Extract<Line, { version: string }>;
      threads = said.threads;
      return `PyTorch ${said.version}`;
    },
    threads: async () => threads,
    async run(steps) {
      child!.process.stdin.write(`${steps}\n`);
      return ((await child!.next()) as Extract<Line, { loss: number }>).loss;
    },
    // What Python itself and its libraries take cannot be told from what the work does.
    peakBytes: async () => NaN,
  };
  return {
    ask: (method, ...args) =>
      (methods[method as keyof typeof methods] as (...values: unknown[]) => never)(...args),
    stop() {
      child?.process.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function writeWork(folder: string, { as = '', threads = 1 }: ContenderId, problem: Problem): void {
  const { parameters, images, labels } = materialOf(problem);
  writeFileSync(path.join(folder, 'parameters.f32'), new Uint8Array(parameters.buffer));
  writeFileSync(path.join(folder, 'images.u8'), images);
  writeFileSync(path.join(folder, 'labels.u8'), labels);
  const work = { ...problem, ...WAYS[as], threads, scale: PIXEL_SCALE, rate: RATE };
  writeFileSync(path.join(folder, 'work.json'), JSON.stringify(work));
}
