import os from 'node:os';

/** Where the numbers were taken. */
export interface Machine {
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
  readonly node: string;
  /** Browser and its WebGPU adapter; `null` if no browser ran. */
  readonly browser: string | null;
  readonly browserAdapter: string | null;
}

export function machine(browser: string | null, browserAdapter: string | null): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    system: `${os.type()} ${os.arch()}`,
    node: process.version,
    browser,
    browserAdapter,
  };
}
