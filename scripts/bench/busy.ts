/** Whether the machine has other work: numbers that were taken beside it are too low. */
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** Times of all cores since the machine started, in ms. */
export interface Times {
  readonly idle: number;
  readonly all: number;
}

function timesNow(): Times {
  let idle = 0;
  let all = 0;
  for (const { times } of os.cpus()) {
    idle += times.idle;
    all += times.idle + times.user + times.nice + times.sys + times.irq;
  }
  return { idle, all };
}

/** Share of all cores' time between two readings that was not idle, 0 … 1. */
export function shareBetween(before: Times, after: Times): number {
  const all = after.all - before.all;
  return all > 0 ? Math.min(1, Math.max(0, 1 - (after.idle - before.idle) / all)) : 0;
}

/** Watches for half a second, in which whoever asks has to be idle. @returns Share of all cores' time. */
export async function busyShare(): Promise<number> {
  const before = timesNow();
  await sleep(500);
  return shareBetween(before, timesNow());
}
