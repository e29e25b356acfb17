import { describe, expect, it } from 'vitest';
import type { Span, SpanKind } from '../../../devices/spans.ts';
import {
  along,
  bubbleShare,
  busyShare,
  comb,
  known,
  lastSteps,
  panned,
  spanAt,
  ticks,
  within,
  zoomed,
} from './lanes.ts';

const span = (kind: SpanKind, start: number, end: number): Span => ({ kind, start, end });

describe('lanes', () => {
  it('count overlapping work once and waiting not at all', () => {
    const spans = [
      span('forward', 0, 10),
      span('send', 8, 12),
      span('wait', 12, 30),
      span('backward', 30, 40),
    ];
    expect(busyShare(spans, { from: 0, to: 40 })).toBeCloseTo(22 / 40);
    expect(busyShare(spans, { from: 12, to: 30 })).toBe(0);
    expect(busyShare([], { from: 0, to: 1 })).toBe(0);
  });

  it('call a bubble what no device worked in', () => {
    const full = [span('train', 0, 10)];
    expect(bubbleShare([full, full], { from: 0, to: 10 })).toBeCloseTo(0);
    // One device at a time: half of the time is empty.
    expect(bubbleShare([[span('forward', 0, 5)], [span('forward', 5, 10)]], { from: 0, to: 10 })).toBeCloseTo(
      0.5,
    );
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
    // Alone: the last turn, while both had work.
    expect(
      lastSteps([
        [span('train', 0, 300), span('train', 900, 1000), span('train', 1001, 1300)],
        [span('train', 0, 400), span('train', 910, 1100)],
      ]),
    ).toEqual({ from: 900, to: 1100 });
    expect(lastSteps([[span('evaluate', 0, 1)]])).toBeNull();
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
