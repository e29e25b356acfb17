import { describe, expect, it } from 'vitest';
import { createGate, INTERVAL_MS, SHARE } from './gate.ts';

/** A page whose time moves only when it is told to; a frame takes 16 ms. */
function page() {
  let time = 0;
  let tasks: { readonly at: number; readonly run: () => void }[] = [];
  const later = (run: () => void, ms: number) => {
    const task = { at: time + ms, run };
    tasks.push(task);
    return () => void (tasks = tasks.filter((one) => one !== task));
  };
  const gate = createGate({ now: () => time, later, afterFrame: (run) => void later(run, 16) });
  return {
    gate,
    /** Drawing takes so long. */
    spend: (ms: number) => void (time += ms),
    now: () => time,
    run(until: number) {
      for (;;) {
        const [task] = tasks.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (!task) break;
        tasks = tasks.filter((one) => one !== task);
        time = Math.max(time, task.at);
        task.run();
      }
      time = Math.max(time, until);
    },
  };
}

describe('the gate from store to chart', () => {
  it('lets the first change through at once, and then at most one in an interval, the newest last', () => {
    const { gate, run, now } = page();
    let value = 0;
    const drawn: [at: number, value: number][] = [];
    const entry = gate(() => drawn.push([now(), value]));
    for (let at = 0; at < 500; at += 10) {
      run(at);
      value = at;
      entry.ask();
    }
    run(2000);
    expect(drawn.map(([at]) => at)).toEqual([0, INTERVAL_MS, 2 * INTERVAL_MS, 3 * INTERVAL_MS]);
    expect(drawn.at(-1)![1]).toBe(490);
  });

  it('spreads drawings over frames, in the order in which they asked', () => {
    const { gate, run, now } = page();
    const drawn: string[] = [];
    const entries = ['a', 'b', 'c'].map((name) => gate(() => drawn.push(`${name} ${now()}`)));
    for (const entry of entries) entry.ask();
    run(1000);
    expect(drawn).toEqual(['a 0', 'b 16', 'c 32']);
  });

  it('gives a slow drawing at most its share of the time', () => {
    const { gate, run, now, spend } = page();
    const began: number[] = [];
    const entry = gate(() => {
      began.push(now());
      spend(300);
      entry.drawn();
      entry.ask();
    });
    entry.ask();
    run(4000);
    expect(began[1] - began[0]).toBe(SHARE * 300);
    expect(began.length).toBe(3);
  });

  it('does not keep a new drawing waiting for one that has to rest', () => {
    const { gate, run, now } = page();
    const drawn: string[] = [];
    const first = gate(() => drawn.push(`first ${now()}`));
    first.ask();
    run(50);
    first.ask();
    gate(() => drawn.push(`second ${now()}`)).ask();
    run(1000);
    expect(drawn).toEqual(['first 0', 'second 50', 'first 200']);
  });

  it('forgets a drawing that has left', () => {
    const { gate, run } = page();
    let drawn = 0;
    const entry = gate(() => drawn++);
    entry.ask();
    entry.leave();
    run(1000);
    expect(drawn).toBe(0);
  });
});
