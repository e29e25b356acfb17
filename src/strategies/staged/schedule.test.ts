import { describe, expect, it } from 'vitest';
import { PIPELINE_SCHEDULES } from '../../experiment/experiment.ts';
import { inFlight, tasks } from './schedule.ts';

const CASES = PIPELINE_SCHEDULES.flatMap((schedule) =>
  [1, 2, 3, 6].flatMap((stages) => [1, 2, 3, 5, 16].map((micros) => ({ schedule, stages, micros }))),
);

describe.each(CASES)(
  '$schedule with $stages stages and $micros micro-batches',
  ({ schedule, stages, micros }) => {
    const lists = Array.from({ length: stages }, (_, stage) => tasks(schedule, stages, stage, micros));

    it('does every micro-batch once forward and once backward, in order', () => {
      for (const list of lists) {
        for (const kind of ['forward', 'backward']) {
          const order = list.filter((task) => task.kind === kind).map(({ micro }) => micro);
          expect(order).toEqual(Array.from({ length: micros }, (_, micro) => micro));
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
        expect(most).toBe(inFlight(schedule, stages, stage, micros));
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
          const { kind, micro } = task;
          const ready =
            kind === 'forward'
              ? stage === 0 || done[stage - 1].forward > micro
              : stage === stages - 1 || done[stage + 1].backward > micro;
          if (!ready) return;
          mine[kind]++;
          mine.at++;
          moved = true;
        });
      }
      expect(done.map(({ at }) => at)).toEqual(lists.map(() => 2 * micros));
    });
  },
);
