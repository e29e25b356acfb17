/** How the curves are looked at: the same for every chart, and in the link beside the experiment. */
import { create } from 'zustand';
import type { Axis } from './series.ts';

/** Charts that are looked at one at a time, with all their tools. */
export const SINGLE_CHARTS = [
  'accuracy',
  'error',
  'balanced',
  'classes',
  'loss',
  'throughput',
  'memory',
  'devices',
  'traffic',
] as const;
export type SingleChart = (typeof SINGLE_CHARTS)[number];

/** Those of lines: they have axes to choose, to zoom and to smooth along. */
export const LINE_CHARTS = ['accuracy', 'error', 'balanced', 'loss', 'throughput', 'memory'] as const;
export const hasLines = (chart: SingleChart): boolean => LINE_CHARTS.some((one) => one === chart);

export interface ChartView {
  /** The chart that is looked at alone; null where the most important ones stand together. */
  readonly single: SingleChart | null;
  readonly axis: Axis;
  readonly logX: boolean;
  readonly logY: boolean;
  /** Weight of the moving average, 0 … 0.95. */
  readonly smoothing: number;
  /** Owners of lines that are not drawn. */
  readonly hidden: readonly string[];
  /** Part of the horizontal axis that is shown, as shares of the whole. */
  readonly zoom: readonly [from: number, to: number];
}

export const WHOLE = [0, 1] as const;

export const DEFAULT_VIEW: ChartView = {
  single: null,
  axis: 'epochs',
  logX: false,
  logY: false,
  smoothing: 0,
  hidden: [],
  zoom: WHOLE,
};

export const useChartView = create<ChartView>()(() => DEFAULT_VIEW);

export const setChartView = (patch: Partial<ChartView>): void => useChartView.setState(patch);

/** Shows what is hidden and hides what is shown. */
export const toggleLine = (owner: string): void =>
  useChartView.setState(({ hidden }) => ({
    hidden: hidden.includes(owner) ? hidden.filter((one) => one !== owner) : [...hidden, owner],
  }));

/** Where the pointer is on the horizontal axis, in the axis's units; null where it is on no chart. */
export const useCrosshair = create<{ readonly x: number | null }>()(() => ({ x: null }));

export const setCrosshair = (x: number | null): void => useCrosshair.setState({ x });
