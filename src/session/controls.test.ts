import { afterAll, expect, it } from 'vitest';
import { decode } from '../experiment/link.ts';
import { plan } from '../experiment/plan.ts';
import { madeUpDataset } from '../data/testing.ts';
import { controlsFor, controlsOf, equalTo, lastAlone, untold } from './controls.ts';
import { closeSessions, trainedSession } from './testing.ts';

const seen = (accuracy: number | null, nearestLabel: readonly number[] = []) => ({
  final: accuracy === null ? null : { accuracy, count: 100, nearestLabel },
  points: [{ phase: 'training' as const, testAccuracy: accuracy ?? 0.5, nearestLabel }],
});

it('are of a strategy that trains on labels, and of no other', () => {
  expect(controlsOf({ conventional: seen(0.9) })).toBeNull();
  expect(controlsOf({ sil: seen(0.9) })).toBeNull();
  expect(controlsOf({ sil: seen(0.9, [0.8, 0.7]) })).toEqual({
    alone: { first: 0.8, frozen: null },
    joined: 0.9,
    twin: null,
  });
  expect(controlsOf({ sil: seen(null, [0.4]), frozen: seen(0.3) })).toEqual({
    alone: { first: 0.4, frozen: 0.3 },
    joined: 0.5,
    twin: null,
  });
});

it('the first part has no answer of its own where features stand at its cut', () => {
  expect(controlsOf({ sil: seen(0.9, [NaN, 0.8]) })!.alone.first).toBeNull();
});

it('are offered where they say something: a frozen front behind any cut, a fair twin where features stand at one', () => {
  expect(controlsFor({ cuts: [] })).toEqual([]);
  const [plain, features] = (['codes', 'features'] as const).map((targets) => {
    const { experiment } = decode(`data=mnist&cuts=1&targets=${targets}`);
    return plan(experiment, { pixels: 784, classes: 10, trainCount: 60_000 });
  });
  expect(controlsFor(plain)).toEqual(['frozen']);
  expect(controlsFor(features)).toEqual(['frozen', 'twin']);
});

it('a frozen front is the last part alone where it is made of what nobody learned, and who does the work stays untold behind more layers', () => {
  const of = (settings: string) =>
    plan(decode(`data=mnist&${settings}`).experiment, { pixels: 784, classes: 10, trainCount: 60_000 });
  const told = (settings: string) => ({ last: lastAlone(of(settings)), open: untold(of(settings)) });
  expect(told('cuts=1')).toEqual({ last: false, open: false });
  expect(told('cuts=')).toEqual({ last: false, open: false });
  for (const made of ['targets=features', 'carry=0.9']) {
    expect(told(`cuts=1,3&${made}`)).toEqual({ last: true, open: false });
    expect(told(`cuts=2&${made}`)).toEqual({ last: false, open: true });
  }
});

it('are from before recovery, which trains the whole network', () => {
  const recovered = (apart: ReturnType<typeof seen>) => ({
    final: { accuracy: 0.95, count: 100 },
    points: [...apart.points, { phase: 'recovery' as const, testAccuracy: 0.95, nearestLabel: [] }],
  });
  const controls = controlsOf({ sil: recovered(seen(0.9, [0.8])), frozen: recovered(seen(0.7)) });
  expect(controls).toEqual({ alone: { first: 0.8, frozen: 0.7 }, joined: 0.9, twin: null });
});

it('nothing is known before a step is taken', () => {
  const start = { phase: 'start' as const, testAccuracy: 0.1, nearestLabel: [0.1] };
  expect(controlsOf({ sil: { final: null, points: [start] } })).toEqual({
    alone: { first: null, frozen: null },
    joined: null,
    twin: null,
  });
});

it('equal joined accuracy within half a point', () => {
  const equal = (first: number | null, frozen: number | null, joined: number | null) =>
    equalTo({ alone: { first, frozen }, joined, twin: null });
  expect(equal(0.9, 0.8, 0.903)).toEqual(['first']);
  expect(equal(0.9, 0.898, 0.9)).toEqual(['first', 'frozen']);
  expect(equal(0.9, null, 0.91)).toEqual([]);
  expect(equal(0.9, 0.9, null)).toEqual([]);
});

afterAll(closeSessions);

it('a run ends with the share of all test images that are nearest to their own label at each cut', async () => {
  const { state } = await trainedSession(
    'data=mnist&layers=24,24,24&cuts=1,2&batch=50&epochs=2&turn=0&test=20&strategies=sil,frozen',
    madeUpDataset({ train: 250, test: 60 }),
  );
  const { strategies } = state;
  const { nearestLabel, count } = strategies.sil!.final!;
  expect(count).toBe(60);
  expect(nearestLabel).toHaveLength(2);
  // Of 60 images, not of the 20 that are asked on the way.
  for (const share of nearestLabel!) expect(share! * 60).toBeCloseTo(Math.round(share! * 60), 10);
  expect(controlsOf(strategies)).toEqual({
    alone: { first: nearestLabel![0], frozen: strategies.frozen!.final!.accuracy },
    joined: strategies.sil!.final!.accuracy,
    twin: null,
  });
});
