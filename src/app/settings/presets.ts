import type { Experiment } from '../../experiment/experiment.ts';
import { applyPreset, PRESETS, type Preset } from '../../experiment/presets.ts';

/** The preset that the settings equal; undefined where they are someone's own. */
export const presetOf = (experiment: Experiment): Preset | undefined =>
  PRESETS.find(
    (preset) =>
      JSON.stringify(sorted(applyPreset(preset, experiment))) === JSON.stringify(sorted(experiment)),
  );

/** Keys in order, so that two experiments can be compared as text. */
const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
