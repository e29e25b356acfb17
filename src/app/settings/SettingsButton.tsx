import { openSettings, shutSettings, usePanes } from '../shell/panes.ts';
import { screenText } from '../text/screen.ts';
import styles from './choice.module.css';

/** Opens the settings beside the screen, and shuts them. */
export function SettingsButton() {
  const open = usePanes(({ settings }) => settings !== false);
  return (
    <button
      type="button"
      id="settings-button"
      className={`button ${styles.settings}`}
      aria-expanded={open}
      aria-controls="settings"
      onClick={() => (open ? shutSettings() : openSettings())}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d="M1.5 4.5h6M11 4.5h3.5M1.5 11.5h3M8 11.5h6.5" />
        <circle cx="9.25" cy="4.5" r="1.75" />
        <circle cx="6.25" cy="11.5" r="1.75" />
      </svg>
      <span>{screenText.settings.name}</span>
    </button>
  );
}
