/** The browser's side of the benchmark: Node calls `window.benchmark.*` through Playwright. */
import { measureContenders, measureCpu, measurePartitions, type Bench } from '../measure.ts';
import { measureStrategies } from '../strategies.ts';
import type { Question, Remote } from '../worker-methods.ts';
import { openWorker } from './remote.ts';

export interface BrowserBenchmark extends Bench {
  /** Whether the page may use threads with shared memory (some rivals and our processor's engine do). */
  readonly isolated: boolean;
  adapter(): Promise<string>;
  strategies: typeof measureStrategies;
  /** A worker of its own, to be asked by the number that this returns. */
  open(): number;
  ask(worker: number, { method, args }: Question): Promise<unknown>;
  stop(worker: number): void;
}

declare global {
  interface Window {
    benchmark: BrowserBenchmark;
  }
}

const workers: Remote[] = [];

window.benchmark = {
  open: () => workers.push(openWorker()) - 1,
  ask: (worker, { method, args }) => workers[worker].ask(method, ...(args as never)),
  stop: (worker) => workers[worker].stop(),
  isolated: crossOriginIsolated,
  async adapter() {
    const info = (await navigator.gpu?.requestAdapter())?.info;
    if (!info) return 'no WebGPU';
    const name = info.description || `${info.vendor} ${info.architecture}`;
    return `${name}${info.isFallbackAdapter ? ' (software)' : ''}`;
  },
  contenders: (...args) => measureContenders(openWorker, ...args),
  partitions: (...args) => measurePartitions(openWorker, ...args),
  strategies: measureStrategies,
  cpuKernels: (...args) => measureCpu(openWorker, ...args),
};
