import { expect, it } from 'vitest';
import type { Interval } from './pauses.ts';
import { Updates } from './updates.ts';

it('time in which an update is held for a reader of weights is told, and none where it is not', async () => {
  const updates = new Updates();
  const held: Interval[] = [];
  const { signal } = new AbortController();
  const update = () =>
    updates.during(
      async () => 'done',
      signal,
      (interval) => held.push(interval),
    );
  await update();
  expect(held).toEqual([]);
  await updates.hold();
  const later = update();
  await new Promise((resolve) => setTimeout(resolve, 20));
  updates.free();
  expect(await later).toBe('done');
  expect(held).toHaveLength(1);
  // Timers may fire a millisecond early.
  expect(held[0].end - held[0].start).toBeGreaterThanOrEqual(19);
});
