import { shellText as text } from '../text/shell.ts';
import { setTheme, THEMES, useTheme, type Theme } from '../theme.ts';
import styles from './bar.module.css';

/** Half a disc, a sun, a moon; in a box of 16 by 16. */
const SHAPES: Readonly<Record<Theme, string>> = {
  system: 'M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zm0 1.5a5 5 0 0 1 0 10z',
  light:
    'M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7zM7.25 0h1.5v2.5h-1.5zM7.25 13.5h1.5V16h-1.5zM0 7.25h2.5v1.5H0zM13.5 7.25H16v1.5h-2.5zM1.8 2.9l1.1-1.1 1.8 1.8-1.1 1.1zM11.3 12.4l1.1-1.1 1.8 1.8-1.1 1.1zM2.9 14.2l-1.1-1.1 1.8-1.8 1.1 1.1zM12.4 4.7l-1.1-1.1 1.8-1.8 1.1 1.1z',
  dark: 'M6.2 1.2a7 7 0 1 0 8.6 8.6A5.6 5.6 0 0 1 6.2 1.2z',
};

/** Goes through the themes; shows and says which one is chosen. */
export function ThemeButton() {
  const choice = useTheme();
  const next = THEMES[(THEMES.indexOf(choice) + 1) % THEMES.length];
  const name = text.theme(text.themes[choice]);
  return (
    <button
      type="button"
      className={`button ${styles.icon}`}
      aria-label={name}
      title={name}
      onClick={() => setTheme(next)}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <path d={SHAPES[choice]} fill="currentColor" fillRule="evenodd" />
      </svg>
    </button>
  );
}
