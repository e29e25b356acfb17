import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stepTime, type Chain } from './step-time.ts';

/** Plays so many steps, message by message, and takes the mean of the later half: what `stepTime` says in one line. */
function played({ stages, transfers, latency, lag }: Chain, steps: number): number {
  const ends = stages.map(() => [] as number[]);
  const arrived = stages.map(() => [] as number[]);
  const sent = transfers.map(() => 0);
  for (let step = 0; step < steps; step++) {
    stages.forEach(({ forward, all }, stage) => {
      const behind = ends[stage + 1]?.[step - 1 - lag];
      const start = Math.max(
        ends[stage][step - 1] ?? 0,
        stage === 0 ? 0 : arrived[stage][step],
        behind === undefined ? 0 : behind + latency,
      );
      ends[stage][step] = start + all;
      if (stage === stages.length - 1) return;
      sent[stage] = Math.max(sent[stage], start + forward) + transfers[stage];
      arrived[stage + 1][step] = sent[stage] + latency;
    });
  }
  const last = ends[ends.length - 1];
  const half = Math.floor(steps / 2);
  return (last[steps - 1] - last[half]) / (steps - 1 - half);
}

it('is what playing many steps comes to', () => {
  const time = fc.integer({ min: 1, max: 100 });
  const chain = fc.array(fc.tuple(time, time), { minLength: 1, maxLength: 5 }).chain((stages) =>
    fc.record({
      stages: fc.constant(stages.map(([forward, rest]) => ({ forward, all: forward + rest }))),
      transfers: fc.array(time, { minLength: stages.length - 1, maxLength: stages.length - 1 }),
      latency: fc.integer({ min: 0, max: 100 }),
      lag: fc.integer({ min: 0, max: 4 }),
    }),
  );
  fc.assert(
    fc.property(chain, (one) => {
      // Steps come in a rhythm of at most lag + 1; the mean over 480 of them is off by less than a rhythm's share.
      expect(Math.abs(played(one, 960) / stepTime(one) - 1)).toBeLessThan(0.02);
    }),
    { numRuns: 60, seed: 1 },
  );
});
