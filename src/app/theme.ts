/** Light, dark, or whatever the system says. `index.html` applies the stored choice before the first paint. */
import { useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'piecewise-theme';
const dark = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;
/** High contrast: the palette is the person's, and which of ours goes with it is for the system to say. */
const forced = typeof matchMedia === 'function' ? matchMedia('(forced-colors: active)') : null;
const listeners = new Set<() => void>();

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system';
  }
}

let choice = stored();

function apply(): void {
  const system = dark?.matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = choice === 'system' || forced?.matches ? system : choice;
  for (const listener of listeners) listener();
}
dark?.addEventListener('change', apply);
forced?.addEventListener('change', apply);

export function setTheme(theme: Theme): void {
  choice = theme;
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
  apply();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The choice and what it amounts to; changes when either does. */
export function useTheme(): `${Theme}/${'light' | 'dark'}` {
  return useSyncExternalStore(
    subscribe,
    () => `${choice}/${document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'}` as const,
  );
}
