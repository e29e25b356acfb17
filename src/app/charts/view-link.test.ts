import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AXES } from './series.ts';
import { DEFAULT_VIEW, SINGLE_CHARTS, WHOLE, type ChartView } from './view.ts';
import { readChartView, writeChartView } from './view-link.ts';

describe('how curves are looked at, in a link', () => {
  it('is said where it is not as at first', () => {
    expect(writeChartView(DEFAULT_VIEW)).toBeUndefined();
    expect(readChartView()).toEqual(DEFAULT_VIEW);
    const view: ChartView = {
      single: 'loss',
      axis: 'flops',
      smoothing: 0.6,
      logX: false,
      logY: true,
      zoom: [0.25, 0.8],
      hidden: ['conventional', 'sil'],
    };
    expect(writeChartView(view)).toBe('of.loss~x.flops~smooth.0.6~log.y~zoom.0.25-0.8~hide.conventional-sil');
    // Lines of kept runs are of this browser alone.
    expect(writeChartView({ ...DEFAULT_VIEW, hidden: ['kept-7'] })).toBeUndefined();
  });

  it('is read as it was written', () => {
    const share = fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000);
    const zoom = fc
      .tuple(share, share)
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
      .map(([a, b]): ChartView['zoom'] => (b - a >= 0.02 ? [a, b] : WHOLE));
    fc.assert(
      fc.property(
        fc.record({
          single: fc.constantFrom(null, ...SINGLE_CHARTS),
          axis: fc.constantFrom(...AXES),
          smoothing: fc.integer({ min: 0, max: 95 }).map((value) => value / 100),
          logX: fc.boolean(),
          logY: fc.boolean(),
          zoom,
          hidden: fc.constantFrom([], ['sil'], ['conventional', 'fsdp']),
        }),
        (view) => {
          expect(readChartView(writeChartView(view))).toEqual(view);
        },
      ),
    );
  });

  it('opens with any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { axis, smoothing, zoom, hidden } = readChartView(text);
        expect(AXES).toContain(axis);
        expect(smoothing >= 0 && smoothing <= 0.95).toBe(true);
        expect(zoom[0] >= 0 && zoom[1] <= 1 && zoom[0] < zoom[1]).toBe(true);
        expect(hidden.length).toBeLessThanOrEqual(6);
      }),
    );
    expect(readChartView('of.moon~x.moon~smooth.9~log~zoom.0.9-0.1~hide.nobody')).toEqual(DEFAULT_VIEW);
  });
});
