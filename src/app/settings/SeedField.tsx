import { SettingField } from '../controls/SettingField.tsx';
import { useActions } from '../store/context.tsx';
import { settingsText as text } from '../text/settings.ts';

/** The seed of everything random, and a button for another one. */
export function SeedField() {
  const { change } = useActions();
  return (
    <div>
      <SettingField name="seed" />
      <button
        type="button"
        className="button"
        style={{ marginBlockStart: 'var(--space-1)' }}
        onClick={() => change({ seed: crypto.getRandomValues(new Uint16Array(1))[0] })}
      >
        {text.newSeed}
      </button>
    </div>
  );
}
