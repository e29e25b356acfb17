import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode } from '../../experiment/link.ts';
import { plan as planOf } from '../../experiment/plan.ts';
import type { PipelineSchedule } from '../../experiment/experiment.ts';
import type { Strategy } from '../contract.ts';
import { modelParallel } from '../model-parallel/index.ts';
import { pipelineParallel } from '../pipeline/index.ts';
import { play, type Pipeline } from './play.ts';
import { tasks } from './schedule.ts';

type Machines = Omit<Pipeline, 'tasks'>;

const played = (schedule: PipelineSchedule, microBatches: number, machines: Machines) =>
  play({
    ...machines,
    tasks: machines.stages.map((_, stage) => tasks(schedule, machines.stages.length, stage, microBatches)),
  });
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const seconds = fc.integer({ min: 0, max: 100 }).map((value) => value / 10);
const machines = fc.integer({ min: 1, max: 5 }).chain((count) =>
  fc.record({
    stages: fc.array(fc.record({ forward: seconds, backward: seconds }), {
      minLength: count,
      maxLength: count,
    }),
    transfers: fc.array(seconds, { minLength: count - 1, maxLength: count - 1 }),
    latency: seconds,
  }),
);
const microBatches = fc.integer({ min: 1, max: 9 });

/**
 * 1F1B by its equations instead of its tasks: each end is the latest of what it needs, raised until none changes. With w
 * stages from here to the end, a forward pass waits for the backward pass w micro-batches before it, and a backward pass
 * for the forward pass w − 1 after it.
 */
function byEquations(count: number, { stages, transfers, latency }: Machines): number {
  const table = (size: number) => Array.from({ length: size }, () => new Float64Array(count));
  const [forward, backward] = [table(stages.length), table(stages.length)];
  const [sent, returned] = [table(transfers.length), table(transfers.length)];
  for (let changed = true; changed;) {
    changed = false;
    const raise = (row: Float64Array, microBatch: number, value: number) => {
      if (value <= row[microBatch]) return;
      row[microBatch] = value;
      changed = true;
    };
    for (let s = 0; s < stages.length; s++) {
      const ahead = stages.length - s;
      for (let m = 0; m < count; m++) {
        const input = s === 0 ? 0 : sent[s - 1][m] + latency;
        const gradient = s === stages.length - 1 ? 0 : returned[s][m] + latency;
        const first = Math.max(input, forward[s][m - 1] ?? 0, backward[s][m - ahead] ?? 0);
        raise(forward[s], m, first + stages[s].forward);
        const second = Math.max(
          gradient,
          backward[s][m - 1] ?? 0,
          forward[s][Math.min(m + ahead - 1, count - 1)],
        );
        raise(backward[s], m, second + stages[s].backward);
        if (s < transfers.length)
          raise(sent[s], m, Math.max(forward[s][m], sent[s][m - 1] ?? 0) + transfers[s]);
        if (s > 0)
          raise(returned[s - 1], m, Math.max(backward[s][m], returned[s - 1][m - 1] ?? 0) + transfers[s - 1]);
      }
    }
  }
  return Math.max(...[...forward, ...backward].map((row) => row[count - 1]));
}

describe('a step that is played', () => {
  it('takes with GPipe what its closed form says', () => {
    fc.assert(
      fc.property(machines, microBatches, (all, count) => {
        const { stages, transfers, latency } = all;
        const way = (kind: 'forward' | 'backward') => {
          const each = stages.map((stage) => stage[kind]);
          // One micro-batch through everything, then the others at the pace of what is slowest.
          return (
            sum(each) +
            sum(transfers) +
            transfers.length * latency +
            (count - 1) * Math.max(...each, ...transfers)
          );
        };
        expect(played('gpipe', count, all)).toBeCloseTo(way('forward') + way('backward'), 9);
      }),
      { seed: 1 },
    );
  });

  it('takes with 1F1B what its equations say', () => {
    fc.assert(
      fc.property(machines, microBatches, (all, count) => {
        expect(played('1f1b', count, all)).toBeCloseTo(byEquations(count, all), 9);
      }),
      { seed: 1 },
    );
  });

  it('waits with 1F1B on two stages for an answer with every second micro-batch', () => {
    const [forward, backward, transfer, latency] = [1, 2, 0.25, 5];
    const two = { stages: [0, 1].map(() => ({ forward, backward })), transfers: [transfer], latency };
    for (const count of [2, 4, 8, 16])
      expect(played('1f1b', count, two)).toBeCloseTo(
        (count + 1) * (forward + backward) + count * (transfer + latency),
        9,
      );
  });

  it('is refused where tasks wait for each other', () => {
    const stages = [0, 1].map(() => ({ forward: 1, backward: 1 }));
    const wrong = [
      { kind: 'backward', microBatch: 0 },
      { kind: 'forward', microBatch: 0 },
    ] as const;
    const right = [
      { kind: 'forward', microBatch: 0 },
      { kind: 'backward', microBatch: 0 },
    ] as const;
    expect(() => play({ tasks: [wrong, right], stages, transfers: [0], latency: 0 })).toThrow(
      'wait for each other',
    );
  });
});

describe('a step on separate machines', () => {
  const shape = { pixels: 784, classes: 10, trainCount: 60_000, testCount: 10_000 };
  const step = (
    strategy: Strategy,
    settings: string,
    compute: number,
    link = { bandwidth: 30e6, latency: 3e-3 },
  ) => {
    const { experiment } = decode(`data=mnist&strategies=${strategy.id}&${settings}`);
    const plan = planOf(experiment, shape);
    const costEstimate = strategy.costEstimate(experiment, plan, shape);
    return strategy.stepSeconds({
      experiment,
      plan,
      costEstimate,
      link,
      compute: costEstimate.devices.map(() => compute),
    });
  };

  it('waits for the answer of a slow link with 1F1B, sixteen times over, and twice with GPipe', () => {
    const transfer = (4 * 512 * 128) / 16 / 30e6;
    const settings = (schedule: string) => `layers=512x5&cuts=3&batch=128&micro=16&pipeline=${schedule}`;
    const [all, one] = ['gpipe', '1f1b'].map((schedule) => step(pipelineParallel, settings(schedule), 0.002));
    // Computing, two milliseconds a device, is small beside it.
    expect(one).toBeGreaterThan(16 * (3e-3 + transfer));
    expect(one).toBeLessThan(16 * (3e-3 + transfer) + 0.005);
    expect(all).toBeLessThan(2 * 3e-3 + 2 * 16 * transfer + 0.005);
  });

  it('is one stage after the other without micro-batches', () => {
    const transfer = (4 * 512 * 128) / 30e6;
    expect(step(modelParallel, 'layers=512x5&cuts=2,4&batch=128', 0.02)).toBeCloseTo(
      0.06 + 4 * (3e-3 + transfer),
      9,
    );
  });
});
