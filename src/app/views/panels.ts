/** What views hold, by the name that stands on it: the search offers each, and a journey goes to each. */
import { SINGLE_CHARTS, type SingleChart } from '../charts/view.ts';
import { chartsText } from '../text/charts.ts';
import { costsText } from '../text/costs.ts';
import { insideText } from '../text/inside.ts';
import { lanesText } from '../text/lanes.ts';
import { networkText } from '../text/network.ts';
import { sweepText } from '../text/sweep.ts';
import { tryText } from '../text/try.ts';
import type { ViewId } from '../view.ts';

export interface Panel {
  readonly name: string;
  readonly view: ViewId;
  /** One of the charts that are looked at alone, or else the id of what names it on the page. */
  readonly at: { readonly chart: SingleChart } | { readonly id: string };
}

/** In the order of the tabs; asked when wanted: a locale may change names. */
export const panels = (): readonly Panel[] => [
  ...SINGLE_CHARTS.map((chart) => ({
    name: chartsText.single[chart],
    view: 'curves' as const,
    at: { chart },
  })),
  ...inView('inside', {
    'work-heading': insideText.work.heading,
    'labels-heading': networkText.labelsAtCuts,
    'layer-stats': networkText.layerStats.heading,
  }),
  ...inView('try', {
    'confusion-heading': tryText.confusion,
    'per-class': tryText.perClass,
    'gallery-heading': tryText.gallery,
  }),
  ...inView('devices', {
    'lanes-heading': lanesText.heading,
    'devices-heading': networkText.devices,
    'matrix-heading': costsText.matrix.heading,
    'device-numbers': networkText.deviceNumbers,
  }),
  ...inView('costs', {
    'costs-heading': costsText.heading,
    'milestones-heading': costsText.milestones.name,
    'machines-heading': costsText.machines.name,
  }),
  ...inView('runs', { 'sweep-heading': sweepText.heading }),
];

const inView = (view: ViewId, names: Readonly<Record<string, string>>): readonly Panel[] =>
  Object.entries(names).map(([id, name]) => ({ name, view, at: { id } }));
