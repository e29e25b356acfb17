import { describe, expect, it } from 'vitest';
import { machineSpeed, secondsFor, tryMachine } from './speed.ts';

/** A clock of which every look costs some milliseconds. */
function clock(msALook: number): () => number {
  let now = 0;
  return () => (now += msALook);
}

describe('the trial of a machine', () => {
  it('counts operations by the clock it is given: twice as slow is half the speed', () => {
    const ratio = tryMachine(clock(0.5)) / tryMachine(clock(1));
    // Rounds are whole: one more or less of a dozen or two.
    expect(ratio).toBeGreaterThan(1.7);
    expect(ratio).toBeLessThan(2.3);
  });

  it('is made once, and kept', () => {
    const kept = new Map<string, string>();
    const storage = () => ({
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    });
    const first = machineSpeed(storage)!;
    expect(first).toBeGreaterThan(0);
    expect(machineSpeed(storage)).toBe(first);
    kept.set([...kept.keys()][0], '5');
    expect(machineSpeed(storage)).toBe(5);
  });

  it('where nothing can be kept is made again', () => {
    const none = () => {
      throw new DOMException('No storage in this frame.', 'SecurityError');
    };
    expect(machineSpeed(none)).toBeGreaterThan(0);
  });
});

it('time is said no more exactly than it is known, and never as nothing', () => {
  // 2 · 10¹⁰ operations of training a second.
  const speed = 1e9;
  expect([1e9, 1.4e11, 8.3e11, 1.6e12, 1e13].map((flops) => secondsFor(flops, speed))).toEqual([
    1, 7, 40, 80, 480,
  ]);
});
