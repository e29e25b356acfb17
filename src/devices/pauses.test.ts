import { afterEach, describe, expect, it, vi } from 'vitest';
import { without, workedMs } from './pauses.ts';
import { SpanRecorder } from './spans.ts';

describe('a span without its pauses', () => {
  const span = { start: 10, end: 100 };
  it.each([
    [[], [[10, 100]]],
    [
      [[20, 30]],
      [
        [10, 20],
        [30, 100],
      ],
    ],
    [
      [
        [60, 70],
        [20, 30],
      ],
      [
        [10, 20],
        [30, 60],
        [70, 100],
      ],
    ],
    [
      [
        [20, 50],
        [30, 40],
        [45, 60],
      ],
      [
        [10, 20],
        [60, 100],
      ],
    ],
    [
      [
        [0, 20],
        [90, 200],
      ],
      [[20, 90]],
    ],
    [
      [
        [0, 10],
        [100, 200],
      ],
      [[10, 100]],
    ],
    [[[0, 200]], []],
  ])('%j leaves %j', (pauses, left) => {
    const found = without(
      span,
      pauses.map(([start, end]) => ({ start, end })),
    );
    expect(found.map(({ start, end }) => [start, end])).toEqual(left);
  });
});

it('a pause that catches one device is in nobody’s clock, however many there are', () => {
  // The first pause catches one device at its gate, the second the other; each waits for the other meanwhile.
  const clocks = [
    { start: 0, end: 1310, pauses: [{ start: 100, end: 600 }] },
    { start: 0, end: 1310, pauses: [{ start: 700, end: 1200 }] },
  ];
  expect(workedMs(clocks)).toEqual([310, 310]);
});

describe('waiting', () => {
  afterEach(() => vi.restoreAllMocks());

  it('in a pause is not recorded', async () => {
    let time = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => time);
    const at = (ms: number) => void (time = ms);
    const spans = new SpanRecorder();
    let arrive = () => {};
    at(10);
    const waiting = spans.waiting(() => new Promise<void>((resolve) => (arrive = resolve)), 'gradients');
    at(30);
    spans.pause();
    at(500);
    spans.resume();
    at(520);
    arrive();
    await waiting;
    expect(spans.totals().wait).toBe(40);
    const origin = performance.timeOrigin;
    expect(spans.drain().map(({ start, end }) => [start - origin, end - origin])).toEqual([
      [10, 30],
      [500, 520],
    ]);

    // Pauses before it are not its own, and one that has begun is.
    spans.pause();
    at(600);
    const later = spans.waiting(() => new Promise<void>((resolve) => (arrive = resolve)));
    at(700);
    spans.resume();
    at(705);
    arrive();
    await later;
    expect(spans.totals().wait).toBe(45);
  });
});
