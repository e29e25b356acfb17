import { describe, expect, it } from 'vitest';
import { decode } from '../../../../experiment/link.ts';
import { gridOf } from '../../../../session/study/grid.ts';
import type { CellResult } from '../../../../session/study/results.ts';
import { acrossOf, epochs, finals, standardError } from './outcome.ts';

const ladder = (balanced: readonly number[], tested = balanced) =>
  balanced.map((balancedAccuracy, at) => ({
    step: 10 * (at + 1),
    epochs: at + 1,
    balancedAccuracy,
    testAccuracy: tested[at],
  }));

function results(of: Readonly<Record<string, readonly number[]>>, key = 'cuts'): CellResult[] {
  const cells = gridOf('layers=64x4&noise=0.5', [{ key, values: Object.keys(of) }]);
  return cells.map((cell) => {
    const final = of[cell.settings[key]];
    return {
      cell,
      seeds: final.map((_, seed) => seed),
      runs: final.map((value) => ({ strategies: { sil: { points: ladder([value / 2, value / 4]) } } })),
      strategies: {
        sil: {
          accuracy: { final },
          balancedAccuracy: { final: final.map((one) => one / 2) },
        },
      },
    } as unknown as CellResult;
  });
}

describe('the axis of a sweep', () => {
  it('has numbers where they are, and what is none one beside the other', () => {
    const cuts = acrossOf({ key: 'cuts', values: ['3', '1', '2', '2'] });
    expect(cuts).toMatchObject({ name: 'Cuts', apart: false });
    expect(cuts.ticks).toEqual([1, 2, 3].map((x) => ({ x, label: String(x) })));
    expect(cuts.domain[0]).toBeLessThan(1);
    expect(acrossOf({ key: 'rate', values: ['1e-4', '1e-3', '1e-2'] }).ticks).toEqual([
      { x: -4, label: '1e-4' },
      { x: -3, label: '1e-3' },
      { x: -2, label: '1e-2' },
    ]);
    expect(acrossOf({ key: 'cuts', values: ['1', '1,2'] })).toEqual({
      name: 'Cuts',
      apart: true,
      ticks: [
        { x: 0, label: '1' },
        { x: 1, label: '1,2' },
      ],
      domain: [-0.5, 1.5],
    });
    expect(acrossOf({ key: 'noise', values: ['0', '1'] }).ticks.map(({ x }) => x)).toEqual([0, 1]);
  });
});

describe('what a sweep came to', () => {
  const sweep = { key: 'cuts', values: ['2', '1'] };
  const across = acrossOf(sweep);

  it('is the mean of the seeds at each value, and their spread', () => {
    const [line] = finals(results({ 2: [0.75, 0.25], 1: [0.5] }), sweep, across, 'accuracy');
    expect(line).toEqual({
      id: 'sil',
      besides: '',
      spots: [
        { x: 1, y: 0.5, low: 0.5, high: 0.5, seeds: 1 },
        { x: 2, y: 0.5, low: 0.25, high: 0.75, seeds: 2 },
      ],
    });
  });

  it('can be seen as error, and as the mean of classes', () => {
    const all = results({ 2: [0.75, 0.25] });
    expect(finals(all, sweep, across, 'error')[0].spots).toEqual([
      { x: 2, y: 0.5, low: 0.25, high: 0.75, seeds: 2 },
    ]);
    expect(finals(all, sweep, across, 'balancedError')[0].spots[0]).toMatchObject({ y: 0.75, low: 0.625 });
  });

  it('has a line for each value of what else is swept', () => {
    const cells = gridOf('layers=64x4', [sweep, { key: 'noise', values: ['0', '0.5'] }]);
    const [of] = results({ 2: [0.5] });
    const lines = finals(
      cells.map((cell) => ({ ...of, cell })),
      sweep,
      across,
      'accuracy',
    );
    expect(lines.map(({ besides, spots }) => [besides, spots.map(({ x }) => x)])).toEqual([
      ['noise=0', [1, 2]],
      ['noise=0.5', [1, 2]],
    ]);
  });

  it('is told over the epochs where only seeds differ, the last on all test images', () => {
    const [seeds] = results({ 1: [0.5, 1] });
    expect(epochs(seeds, 'accuracy')).toEqual([
      {
        id: 'sil',
        besides: '',
        spots: [
          { x: 1, y: 0.375, low: 0.25, high: 0.5, seeds: 2 },
          { x: 2, y: 0.75, low: 0.5, high: 1, seeds: 2 },
        ],
      },
    ]);
    expect(decode(seeds.cell.fragment).experiment.cuts).toEqual([1]);
  });

  it('is known to within what chance does to so many images', () => {
    const lines = finals(results({ 2: [0.5] }), sweep, across, 'accuracy');
    expect(standardError(lines, 2500)).toBeCloseTo(0.01, 12);
  });
});
