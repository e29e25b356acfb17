import { shellText as text } from '../text/shell.ts';
import { setTheme, THEMES, useTheme, type Theme } from '../theme.ts';

export function ThemeButton() {
  const choice = useTheme().split('/')[0] as Theme;
  const next = THEMES[(THEMES.indexOf(choice) + 1) % THEMES.length];
  return (
    <button type="button" className="button" onClick={() => setTheme(next)}>
      {text.theme(text.themes[choice])}
    </button>
  );
}
