import { applyPreset, PRESETS } from '../../experiment/presets.ts';
import { useActions, useSession } from '../store/context.tsx';
import { settingsText as text } from '../text/settings.ts';
import styles from './choice.module.css';
import { presetOf } from './presets.ts';

const OWN = 'own';

/** Experiments worth starting from; the one that the settings equal is shown as chosen. */
export function PresetChoice() {
  const experiment = useSession((state) => state.experiment);
  const { change } = useActions();
  const current = presetOf(experiment);
  return (
    <label className={styles.choice}>
      <span>{text.presets}</span>
      <select
        value={current?.id ?? OWN}
        title={current?.watch}
        onChange={({ target }) => {
          const preset = PRESETS.find(({ id }) => id === target.value);
          if (preset) change(applyPreset(preset, experiment));
        }}
      >
        {!current && <option value={OWN}>{text.presetNone}</option>}
        {PRESETS.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
