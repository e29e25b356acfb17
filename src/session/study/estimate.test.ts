import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../experiment/table.ts';
import { planSweep } from './ask.ts';
import { flopsOf, flopsOfJobs, paceOf, TimeLeft } from './estimate.ts';

const { jobs } = planSweep({ ...DEFAULTS, layers: [32, 32] }, 'epochs:1~3~seeds:2');

describe('how long runs take', () => {
  it('goes by their arithmetic', () => {
    const [one, again, three] = flopsOfJobs(jobs, () => null);
    expect(one).toBeGreaterThan(0);
    expect(again).toBe(one);
    expect(three).toBeCloseTo(3 * one, 0);
    const alone = flopsOf({ ...jobs[0].cell.experiment, strategies: ['conventional'] }, null);
    expect(alone).toBeLessThan(one);
  });

  it('and by how fast the machine has been at it', () => {
    const point = (flops: number, seconds: number) => ({ points: [{ flops, seconds }] }) as never;
    expect(paceOf([point(600, 2), point(200, 2)])).toBe(200);
    expect(paceOf([{ points: [] }])).toBeNull();
  });

  it('is told from what was done: not from runs that were found, and not from rests', () => {
    let now = 0;
    const clock = new TimeLeft(jobs, [1, 1, 3, 3], () => now);
    clock.go();
    clock.ended(jobs[0], false);
    expect(clock.left(jobs[1], 0)).toBeNull();
    now = 1000;
    // Half of one unit in a second: 6.5 are ahead.
    expect(clock.left(jobs[1], 0.5)).toBeCloseTo(13, 9);
    clock.rest();
    now = 9000;
    expect(clock.left(jobs[1], 0.5)).toBeCloseTo(13, 9);
    clock.go();
    now = 10_000;
    clock.ended(jobs[1], true);
    expect(clock.left(jobs[2], 0)).toBeCloseTo(12, 9);
  });
});
