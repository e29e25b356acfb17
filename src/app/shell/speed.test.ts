import { describe, expect, it } from 'vitest';
import { machineSpeed, secondsFor, tryMachine } from './speed.ts';

/** A clock of which every look costs some milliseconds. */
function clock(msALook: number): () => number {
  let now = 0;
  return () => (now += msALook);
}

/** What a browser keeps. */
function shelf() {
  const kept = new Map<string, string>();
  const storage = () => ({
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  });
  return { kept, storage };
}

/** Trials that reach these speeds, one after the other, without waiting. */
const reaching = (...speeds: number[]) => ({
  trial: () => speeds.shift() ?? NaN,
  rest: () => Promise.resolve(),
});

const steady = (speed: number) => reaching(...Array.from({ length: 5 }, () => speed));

describe('the trial of a machine', () => {
  it('counts operations by the clock it is given: twice as slow is half the speed', () => {
    const ratio = tryMachine(clock(0.5)) / tryMachine(clock(1));
    // Rounds are whole: one more or less of eight.
    expect(ratio).toBeGreaterThan(1.6);
    expect(ratio).toBeLessThan(2.5);
  });

  it('ends where the clock stands still, and says nothing', async () => {
    expect(tryMachine(() => 7)).toBe(Infinity);
    const stopped = { trial: () => tryMachine(() => 7), rest: () => Promise.resolve() };
    expect(await machineSpeed(shelf().storage, stopped)).toBeNull();
  });

  it('is made several times, and moments in which the machine is busy do not count', async () => {
    const busy = reaching(40, 1000, 1010, 55, 990);
    expect(await machineSpeed(shelf().storage, busy)).toBe(990);
  });

  it('of earlier visits counts, too: a busy one is outvoted, a faster machine is noticed', async () => {
    const { storage } = shelf();
    expect(await machineSpeed(storage, steady(1000))).toBe(1000);
    await machineSpeed(storage, steady(1000));
    expect(await machineSpeed(storage, steady(50))).toBe(1000);
    await machineSpeed(storage, steady(4000));
    expect(await machineSpeed(storage, steady(4000))).toBe(4000);
  });

  it('goes by itself where nothing can be kept, or what is kept is something else', async () => {
    const none = () => {
      throw new DOMException('No storage in this frame.', 'SecurityError');
    };
    expect(await machineSpeed(none, steady(7))).toBe(7);
    const { kept, storage } = shelf();
    await machineSpeed(storage, steady(1000));
    for (const other of ['1300000000', 'fast', '["fast",-1,null]', '{}']) {
      kept.set([...kept.keys()][0], other);
      expect(await machineSpeed(storage, steady(7))).toBe(7);
    }
  });

  it('says nothing where time is too coarse to tell', async () => {
    expect(await machineSpeed(shelf().storage, steady(Infinity))).toBeNull();
    expect(await machineSpeed(shelf().storage, steady(0))).toBeNull();
  });
});

it('time is said no more exactly than it is known, and never as nothing', () => {
  // 2 · 10¹⁰ operations of training a second.
  const speed = 1e9;
  expect([1e9, 1.4e11, 8.3e11, 1.6e12, 1e13].map((flops) => secondsFor(flops, speed))).toEqual([
    1, 7, 40, 80, 480,
  ]);
});
