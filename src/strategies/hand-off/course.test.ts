import fc from 'fast-check';
import { expect, it } from 'vitest';
import { turnAt } from '../../experiment/schedule.ts';
import { segmentsOf } from './course.ts';

it('gives each partition all its steps, in order, one partition after the other, however long turns are', () => {
  const sizes = fc.record({
    partitions: fc.integer({ min: 1, max: 6 }),
    stepsPerEpoch: fc.integer({ min: 1, max: 9 }),
    epochs: fc.integer({ min: 1, max: 4 }),
    turn: fc.integer({ min: 0, max: 60 }),
  });
  fc.assert(
    fc.property(sizes, ({ partitions, stepsPerEpoch, epochs, turn }) => {
      const totalSteps = stepsPerEpoch * epochs;
      const done: string[] = [];
      const ended: number[] = [];
      for (let step = 0; step < totalSteps;) {
        const next = turnAt(step, stepsPerEpoch, turn, totalSteps)!;
        for (const { rank, turn: own, ends } of segmentsOf(next, { partitions, stepsPerEpoch, totalSteps })) {
          expect(Math.floor(own.from / stepsPerEpoch)).toBe(own.epoch);
          expect(Math.floor((own.to - 1) / stepsPerEpoch)).toBe(own.epoch);
          expect(own.endsEpoch).toBe(own.to % stepsPerEpoch === 0);
          for (let at = own.from; at < own.to; at++) done.push(`${rank}:${at}`);
          if (ends) ended.push(rank);
        }
        step = next.to;
      }
      const all = Array.from({ length: partitions }, (_, rank) =>
        Array.from({ length: totalSteps }, (__, at) => `${rank}:${at}`),
      );
      expect(done).toEqual(all.flat());
      expect(ended).toEqual([...all.keys()]);
    }),
    { numRuns: 100, seed: 1 },
  );
});
