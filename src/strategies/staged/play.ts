/** What a step takes on separate machines, found by playing the tasks of its schedule. */
import type { Task } from './schedule.ts';

/** Stages of a pipeline on machines of their own. Times in seconds. */
export interface Pipeline {
  /** What each stage does, in its order: any schedule. */
  readonly tasks: readonly (readonly Task[])[];
  /** What each stage computes for one micro-batch. */
  readonly stages: readonly { readonly forward: number; readonly backward: number }[];
  /** Per cut: how long a micro-batch's activations, or their gradients, occupy the link. Each direction is one of its own. */
  readonly transfers: readonly number[];
  /** Until the first byte of a message arrives. */
  readonly latency: number;
}

/**
 * Seconds from the first task's beginning to the last one's end. A stage does one task at a time, in its order, once
 * what the task needs has arrived; a direction of a link carries one message at a time, while the stages go on.
 *
 * @throws Error where tasks wait for each other for ever.
 */
export function play({ tasks, stages, transfers, latency }: Pipeline): number {
  const next = tasks.map(() => 0);
  const free = tasks.map(() => 0);
  /** When activations and gradients are there, per stage and micro-batch. */
  const arrived = {
    forward: tasks.map(() => new Map<number, number>()),
    backward: tasks.map(() => new Map<number, number>()),
  };
  const busy = { forward: transfers.map(() => 0), backward: transfers.map(() => 0) };
  const last = tasks.length - 1;
  let left = tasks.reduce((sum, list) => sum + list.length, 0);
  while (left > 0) {
    const before = left;
    tasks.forEach((list, stage) => {
      for (let task = list[next[stage]]; task !== undefined; task = list[++next[stage]]) {
        const { kind, microBatch } = task;
        // Images are there from the start, and so is the loss's gradient once the forward pass before it is done.
        const given = kind === 'forward' ? stage === 0 : stage === last;
        const ready = given ? 0 : arrived[kind][stage].get(microBatch);
        if (ready === undefined) return;
        const end = Math.max(free[stage], ready) + stages[stage][kind];
        free[stage] = end;
        left--;
        const to = kind === 'forward' ? stage + 1 : stage - 1;
        if (to < 0 || to > last) continue;
        const cut = Math.min(stage, to);
        busy[kind][cut] = Math.max(busy[kind][cut], end) + transfers[cut];
        arrived[kind][to].set(microBatch, busy[kind][cut] + latency);
      }
    });
    if (left === before) throw new Error('The tasks of this schedule wait for each other.');
  }
  return Math.max(...free);
}
