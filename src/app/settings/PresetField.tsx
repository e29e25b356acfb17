import { applyPreset, PRESETS } from '../../experiment/presets.ts';
import { ChoiceInput } from '../controls/ChoiceInput.tsx';
import { useActions, useSession } from '../store/context.tsx';
import { settingsText as text } from '../text/settings.ts';
import { presetOf } from './presets.ts';

const OWN = 'own';

/** Experiments worth starting from; the one that the settings equal is shown as chosen. */
export function PresetField() {
  const experiment = useSession((state) => state.experiment);
  const { change } = useActions();
  const current = presetOf(experiment);
  return (
    <ChoiceInput
      label={text.presets}
      choices={[
        ...(current ? [] : [{ id: OWN, label: text.presetNone }]),
        ...PRESETS.map(({ id, label, watch }) => ({ id, label, description: watch })),
      ]}
      value={current?.id ?? OWN}
      onChange={(id) => {
        const preset = PRESETS.find((one) => one.id === id);
        if (preset) change(applyPreset(preset, experiment));
      }}
    />
  );
}
