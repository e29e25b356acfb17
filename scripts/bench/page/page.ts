/** The browser's side of the benchmark: Node calls `window.benchmark.*` through Playwright. */
import { measureContenders, measureCpu, measurePartitions, type Bench } from '../measure.ts';
import { measureStrategies } from '../strategies.ts';
import { openWorker } from './remote.ts';

export interface BrowserBenchmark extends Bench {
  /** Whether the page may use threads with shared memory (some rivals and our processor's engine do). */
  readonly isolated: boolean;
  adapter(): Promise<string>;
  strategies: typeof measureStrategies;
}

declare global {
  interface Window {
    benchmark: BrowserBenchmark;
  }
}

window.benchmark = {
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
