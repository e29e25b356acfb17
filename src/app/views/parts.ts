/** The views, each fetched when it is first opened. */
import { late } from '../late/Late.tsx';
import { shellText as text } from '../text/shell.ts';
import type { ViewId } from '../view.ts';

interface Fetched {
  readonly part: ReturnType<typeof late<object>>;
  /** What broke if it does not come, and what stands in its place until it has; asked when wanted: a locale may change them. */
  readonly broke: () => string;
  readonly loading: () => string;
}

export const PARTS: Readonly<Record<ViewId, Fetched>> = {
  curves: {
    part: late(async () => (await import('./curves/Charts.tsx')).Charts),
    broke: () => text.chartsBroke,
    loading: () => text.loadingCharts,
  },
  inside: {
    part: late(async () => (await import('./inside/InsideView.tsx')).InsideView),
    broke: () => text.insideBroke,
    loading: () => text.loadingInside,
  },
  try: {
    part: late(async () => (await import('./try/TryPanel.tsx')).TryPanel),
    broke: () => text.tryBroke,
    loading: () => text.loadingTry,
  },
  devices: {
    part: late(async () => (await import('./devices/DevicesView.tsx')).DevicesView),
    broke: () => text.lanesBroke,
    loading: () => text.loadingLanes,
  },
  costs: {
    part: late(async () => (await import('./costs/CostsPanel.tsx')).CostsPanel),
    broke: () => text.costsBroke,
    loading: () => text.loadingCosts,
  },
  runs: {
    part: late(async () => (await import('./runs/RunsPanel.tsx')).RunsPanel),
    broke: () => text.runsBroke,
    loading: () => text.loadingRuns,
  },
  how: {
    part: late(async () => (await import('./how/About.tsx')).About),
    broke: () => text.aboutBroke,
    loading: () => text.loadingAbout,
  },
};
