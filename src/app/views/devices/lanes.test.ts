import { describe, expect, it } from 'vitest';
import type { Span, SpanKind } from '../../../devices/spans.ts';
import {
  along,
  busyShare,
  comb,
  commonLength,
  endOf,
  known,
  lastSteps,
  panned,
  restsOf,
  sharesOf,
  spanAt,
  ticks,
  turnsOf,
  within,
  zoomed,
} from './lanes.ts';

const span = (kind: SpanKind, start: number, end: number): Span => ({ kind, start, end });

describe('lanes', () => {
  it('tell work from waiting for data, waiting for a core, and being done', () => {
    const first = [
      span('forward', 0, 10),
      span('send', 8, 12),
      span('wait', 12, 30),
      span('backward', 30, 40),
    ];
    // Begins late, rests in between without waiting for anyone, and is done before the other.
    const second = [span('train', 4, 10), span('train', 16, 20)];
    const turns = turnsOf([first, second]);
    expect(turns).toEqual([{ from: 0, to: 40 }]);
    expect(sharesOf(first, turns, { from: 0, to: 40 })).toEqual({
      busy: 22 / 40,
      done: 0,
      data: 18 / 40,
      core: 0,
    });
    expect(busyShare(first, { from: 0, to: 40 })).toBeCloseTo(22 / 40);
    expect(busyShare(first, { from: 12, to: 30 })).toBe(0);
    expect(busyShare([], { from: 0, to: 1 })).toBe(0);
    expect(restsOf(second, turns)).toEqual({
      done: [{ from: 20, to: 40 }],
      data: [],
      core: [
        { from: 0, to: 4 },
        { from: 10, to: 16 },
      ],
    });
    expect(sharesOf(second, turns, { from: 20, to: 40 })).toEqual({ busy: 0, done: 1, data: 0, core: 0 });
    expect(sharesOf([], [], { from: 0, to: 1 })).toEqual({ busy: 0, done: 0, data: 0, core: 0 });
  });

  it('wait only where they do not work meanwhile', () => {
    const both = [span('wait', 0, 10), span('send', 4, 6)];
    expect(restsOf(both, turnsOf([both, [span('train', 0, 10)]])).data).toEqual([
      { from: 0, to: 4 },
      { from: 6, to: 10 },
    ]);
  });

  it('are done, and wait for nobody, when only evaluation follows', () => {
    const first = [span('train', 0, 50), span('evaluate', 50, 60), span('send', 55, 56)];
    const second = [span('train', 0, 30), span('wait', 51, 57), span('evaluate', 57, 60)];
    const turns = turnsOf([first, second]);
    expect(restsOf(second, turns)).toMatchObject({ done: [{ from: 30, to: 50 }], data: [], core: [] });
  });

  it('leave out the time between turns, in which other strategies work', () => {
    const lane = [span('train', 0, 50), span('train', 1050, 1100)];
    const turns = turnsOf([lane]);
    expect(turns).toHaveLength(2);
    expect(sharesOf(lane, turns, { from: 0, to: 1100 })).toMatchObject({ busy: 1, core: 0 });
  });

  it('share an axis as long as the last steps of who exchanges something', () => {
    const steps = Array.from({ length: 9 }, (_, i) => span('update', 10 * i + 6, 10 * i + 8));
    const alone = [span('train', 0, 700)];
    expect(commonLength([[steps], [alone]])).toBe(50);
    expect(commonLength([[alone], [[span('train', 0, 20)]]])).toBe(700);
    expect(commonLength([])).toBe(0);
  });

  it('show all that train alone at work, and soon after that the first is done', () => {
    const before = [span('train', 0, 300)];
    const alone = [
      [...before, span('train', 1000, 1700)],
      [...before, span('train', 1001, 1200)],
      [...before, span('train', 1002, 1400)],
    ];
    // 1200, when the second was done, is at 70% of the 100 that are shown.
    expect(endOf(alone, 100)).toBe(1230);
    expect(alone.map((spans) => busyShare(spans, { from: 1130, to: 1230 }))).toEqual([1, 0.7, 1]);
    expect(endOf([[span('train', 0, 700)]], 100)).toBe(700);
    // A stretch as long as the turn is the turn; one that is longer ends with it.
    expect(endOf(alone, 900)).toBe(1700);
    const steps = [span('update', 0, 2), span('update', 10, 12), span('update', 20, 22)];
    expect(endOf([steps, [span('train', 0, 5)]], 4)).toBe(22);
    expect(endOf([], 4)).toBe(0);
  });

  it('show the last steps first', () => {
    const steps = Array.from({ length: 9 }, (_, i) => [
      span('forward', 10 * i, 10 * i + 6),
      span('update', 10 * i + 6, 10 * i + 8),
    ]).flat();
    const evaluated = [...steps, span('evaluate', 100, 500)];
    expect(known([evaluated])).toEqual({ from: 0, to: 88 });
    expect(lastSteps([evaluated])).toEqual({ from: 38, to: 88 });
    expect(lastSteps([[span('train', 0, 3000)]])).toEqual({ from: 2000, to: 3000 });
    // Alone: the last turn, until the last one was done.
    expect(
      lastSteps([
        [span('train', 0, 300), span('train', 900, 1000), span('train', 1001, 1300)],
        [span('train', 0, 400), span('train', 910, 1100)],
      ]),
    ).toEqual({ from: 900, to: 1300 });
    expect(lastSteps([[span('evaluate', 0, 1)]])).toBeNull();
  });

  it('show the last steps of the device that trains, where they train one after the other', () => {
    const first = Array.from({ length: 9 }, (_, i) => span('update', 10 * i, 10 * i + 1));
    const second = Array.from({ length: 9 }, (_, i) => span('update', 1000 + 10 * i, 1001 + 10 * i));
    expect(lastSteps([first, second])).toEqual({ from: 1031, to: 1081 });
  });

  it('cut spans to what is shown', () => {
    expect(within([span('train', 0, 10), span('train', 20, 30)], { from: 5, to: 15 })).toEqual([
      span('train', 5, 10),
    ]);
  });

  it('become the teeth of a comb', () => {
    expect(comb([span('train', 20, 30), span('train', 0, 10)], { from: 0, to: 100 })).toBe(
      'polygon(0 100%, 0.000% 100%, 0.000% 0, calc(10.000% - 0.5px) 0, calc(10.000% - 0.5px) 100%, ' +
        '20.000% 100%, 20.000% 0, calc(30.000% - 0.5px) 0, calc(30.000% - 0.5px) 100%, 100% 100%)',
    );
  });

  it('say what was done at a time', () => {
    const spans = [span('train', 0, 10), span('send', 4, 6)];
    expect(spanAt(spans, 5)).toBe(spans[1]);
    expect(spanAt(spans, 7)).toBe(spans[0]);
    expect(spanAt(spans, 10)).toBeUndefined();
  });

  it('zoom around a place and pan, never beyond what is known', () => {
    const all = { from: 0, to: 100 };
    expect(zoomed({ from: 20, to: 40 }, all, 2, 0)).toEqual({ from: 20, to: 30 });
    expect(zoomed({ from: 20, to: 40 }, all, 0.01)).toEqual(all);
    expect(panned({ from: 20, to: 40 }, all, 0.5)).toEqual({ from: 30, to: 50 });
    expect(panned({ from: 20, to: 40 }, all, 9)).toEqual({ from: 80, to: 100 });
  });

  it('run as the page is read', () => {
    const box = { left: 100, right: 300, width: 200 };
    expect(along(150, box, false)).toBe(0.25);
    expect(along(150, box, true)).toBe(0.75);
    // What is dragged to the right shows what was before where time runs to the right, and what comes where it does not.
    expect(along(150, box, false) - along(200, box, false)).toBe(-0.25);
    expect(along(150, box, true) - along(200, box, true)).toBe(0.25);
  });

  it('mark round times', () => {
    expect(ticks({ from: 7, to: 107 }, 5)).toEqual([0, 20, 40, 60, 80, 100]);
  });
});
