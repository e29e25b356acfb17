import { describe, expect, it } from 'vitest';
import { PIPELINE_SCHEDULES } from '../../experiment/experiment.ts';
import { inFlight, tasks } from './schedule.ts';

const CASES = PIPELINE_SCHEDULES.flatMap((schedule) =>
  [1, 2, 3, 6].flatMap((stages) =>
    [1, 2, 3, 5, 16].map((microBatches) => ({ schedule, stages, microBatches })),
  ),
);

describe.each(CASES)(
  '$schedule with $stages stages and $micros micro-batches',
  ({ schedule, stages, microBatches }) => {
    const lists = Array.from({ length: stages }, (_, stage) => tasks(schedule, stages, stage, microBatches));

    it('does every micro-batch once forward and once backward, in order', () => {
      for (const list of lists) {
        for (const kind of ['forward', 'backward']) {
          const order = list.filter((task) => task.kind === kind).map(({ microBatch }) => microBatch);
          expect(order).toEqual(Array.from({ length: microBatches }, (_, microBatch) => microBatch));
        }
      }
    });

    it('keeps no more micro-batches than it says', () => {
      lists.forEach((list, stage) => {
        let held = 0;
        let most = 0;
        for (const { kind } of list) {
          held += kind === 'forward' ? 1 : -1;
          most = Math.max(most, held);
        }
        expect(most).toBe(inFlight(schedule, stages, stage, microBatches));
        if (schedule === '1f1b') expect(most).toBeLessThanOrEqual(stages - stage);
      });
    });

    it('never waits for something that waits for it', () => {
      // Plays all stages at once: a forward needs the stage before, a backward the stage behind.
      const done = lists.map(() => ({ forward: 0, backward: 0, at: 0 }));
      for (let moved = true; moved;) {
        moved = false;
        lists.forEach((list, stage) => {
          const mine = done[stage];
          const task = list[mine.at];
          if (!task) return;
          const { kind, microBatch } = task;
          const ready =
            kind === 'forward'
              ? stage === 0 || done[stage - 1].forward > microBatch
              : stage === stages - 1 || done[stage + 1].backward > microBatch;
          if (!ready) return;
          mine[kind]++;
          mine.at++;
          moved = true;
        });
      }
      expect(done.map(({ at }) => at)).toEqual(lists.map(() => 2 * microBatches));
    });
  },
);
