/** A press may take away or replace the very button that was pressed. The focus is handed on then; it never falls to the page. */

export type Next = () => HTMLElement | null | undefined;

/** Once what a press changed is drawn: where the focus has fallen to the page, the first of these that can take it does. */
export function handOn(...to: readonly Next[]): void {
  requestAnimationFrame(() => {
    for (const next of to) {
      const { activeElement } = document;
      if (activeElement && activeElement !== document.body) return;
      next()?.focus();
    }
  });
}

/** The page's main place, for what has no neighbour. */
export const mainPlace: Next = () => document.getElementById('view');

interface Pressable {
  readonly 'aria-disabled': boolean;
  readonly onClick: (() => void) | undefined;
}

/** For a button that may have nothing to do: it says so and keeps the focus, where a disabled one would lose it. */
export const pressable = (act: (() => void) | undefined): Pressable => ({
  'aria-disabled': act === undefined,
  onClick: act,
});
