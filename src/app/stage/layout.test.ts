import { describe, expect, it } from 'vitest';
import { rightToLeft } from '../format.ts';
import { numberAndUnit, rowLayout } from './layout.ts';

describe('a row', () => {
  it('is one block without cuts', () => {
    expect(rowLayout(1000, [], false)).toEqual({ blocks: [{ from: 0, to: 1000 }], gaps: [] });
  });

  it.each([
    ['three parts', 1040, [442, 754], false],
    ['six parts', 1040, [286, 442, 598, 754, 910], false],
    ['two cuts beside each other', 640, [96, 192], false],
    ['six parts of a phone', 340, [77, 123, 170, 217, 263], true],
  ] as const)('is broken around each cut: %s', (_, width, places, phone) => {
    const { blocks, gaps } = rowLayout(width, places, phone);
    expect(blocks).toHaveLength(places.length + 1);
    expect(blocks[0].from).toBe(0);
    expect(blocks.at(-1)!.to).toBe(width);
    gaps.forEach((gap, cut) => {
      expect((gap.from + gap.to) / 2).toBeCloseTo(places[cut], 6);
      // Blocks and gaps take turns and leave nothing out.
      expect(blocks[cut].to).toBe(gap.from);
      expect(blocks[cut + 1].from).toBe(gap.to);
    });
    for (const { from, to } of blocks)
      expect(to - from).toBeGreaterThan(0.19 * Math.min(...steps(width, places)));
  });

  it('opens a cut for a number with its unit and a word, where there is room', () => {
    const [{ from, to }] = rowLayout(1040, [442, 754], false).gaps;
    expect(to - from).toBe(152);
  });
});

/** Distances between the cuts, and from the outer ones to the edges. */
const steps = (width: number, places: readonly number[]) =>
  [...places, width].map((x, i) => x - (places[i - 1] ?? 0));

it('says bytes in the unit of the largest of a row, and nothing as 0 B', () => {
  expect(numberAndUnit(4_020_000, 4_020_000)).toEqual({ number: '4.02', unit: 'MB' });
  expect(numberAndUnit(177_000, 1_070_000)).toEqual({ number: '0.18', unit: 'MB' });
  expect(numberAndUnit(0, 1_070_000)).toEqual({ number: '0', unit: 'B' });
  // Rows run from left to right, also where the page does not.
  rightToLeft();
  expect(numberAndUnit(177_000, 1_070_000)).toEqual({ number: '0.18', unit: 'MB' });
});
