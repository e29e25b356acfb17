/** Light, dark, or whatever the system says. `index.html` applies the stored choice before the first paint. */
import { useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'piecewise-theme';
const media = (query: string) => (typeof matchMedia === 'function' ? matchMedia(query) : null);
const dark = media('(prefers-color-scheme: dark)');
/** High contrast: the palette is the person's, and which of ours goes with it is for the system to say. */
const forced = media('(forced-colors: active)');
const paper = media('print');
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

/** @param printing Whether the page is on its way to a printer; paper is light. */
function apply(printing = paper?.matches ?? false): void {
  const system = dark?.matches ? 'dark' : 'light';
  const screen = choice === 'system' || forced?.matches ? system : choice;
  document.documentElement.dataset.theme = printing ? 'light' : screen;
  for (const listener of listeners) listener();
}
for (const query of [dark, forced, paper]) query?.addEventListener('change', () => apply());
if (typeof window !== 'undefined') {
  // Before the page's styles are those of paper: what is painted by hand has to be ready by then.
  addEventListener('beforeprint', () => apply(true));
  addEventListener('afterprint', () => apply(false));
}

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

/** Calls back, at once, whenever the page's colours have changed. The function returned stops that. */
export function onLook(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** The theme that was chosen. */
export function useTheme(): Theme {
  return useSyncExternalStore(onLook, () => choice);
}
