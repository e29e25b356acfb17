import { useEffect } from 'react';
import { FIELD_NAMES, fieldOf } from '../../experiment/table.ts';
import { applyPreset, PRESETS } from '../../experiment/presets.ts';
import { setChartView } from '../charts/view.ts';
import { goTo } from '../go-to.ts';
import { useKept, loadKept } from '../kept/kept.ts';
import { sectionOf } from '../settings/sections.ts';
import { openDialog, openSettings, present, STOPS, type Section } from '../shell/panes.ts';
import { useOpenView } from '../shell/useView.ts';
import { useActions, useSession } from '../store/context.tsx';
import { presentText } from '../text/present.ts';
import { screenText } from '../text/screen.ts';
import { tourText } from '../text/tour.ts';
import { useStartTour } from '../tour/useStartTour.ts';
import { VIEWS } from '../view.ts';
import { panels } from '../views/panels.ts';
import type { Found } from './find.ts';

const text = screenText.search;

/** All that can be opened by its name. */
export function useAll(): readonly Found[] {
  const openView = useOpenView();
  const experiment = useSession((state) => state.experiment);
  const { change, show } = useActions();
  const startTour = useStartTour();
  const runs = useKept((state) => state.runs);
  useEffect(() => void loadKept(), []);
  return [
    ...VIEWS.map((view) => ({
      kind: text.kinds.view,
      name: screenText.views[view],
      also: text.inView[view],
      open: () => openView(view),
    })),
    ...panels().map(({ name, view, at }) => ({
      kind: text.kinds.panel,
      name,
      also: screenText.views[view],
      open() {
        openView(view);
        if ('chart' in at) setChartView({ single: at.chart });
        else goTo(at.id);
      },
    })),
    ...PRESETS.map((preset) => ({
      kind: text.kinds.preset,
      name: preset.label,
      also: preset.watch,
      open: () => change(applyPreset(preset, experiment)),
    })),
    ...(Object.keys(screenText.settings.sections) as Section[]).map((section) => ({
      kind: text.kinds.settings,
      name: screenText.settings.sections[section],
      open: () => openSettings(section),
    })),
    ...FIELD_NAMES.map((field) => ({
      kind: text.kinds.setting,
      name: fieldOf(field).label,
      also: screenText.settings.sections[sectionOf(field)],
      open: () => openSettings(sectionOf(field), fieldOf(field).label),
    })),
    ...runs.map(({ name, recording }) => ({
      kind: text.kinds.run,
      name,
      open: () => show(recording),
    })),
    { kind: text.kinds.page, name: tourText.button, open: startTour },
    { kind: text.kinds.page, name: presentText.name, also: text.inPresent, open: () => present(STOPS[0]) },
    { kind: text.kinds.page, name: screenText.keys, open: () => openDialog('keys') },
    { kind: text.kinds.page, name: screenText.machine, open: () => openDialog('machine') },
  ];
}
