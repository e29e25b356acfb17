import { scrollTo } from './scroll.ts';

let forget = () => {};

/**
 * Brings an element into sight and gives it the focus, unfolding it: at once, or as soon as it is there. What was opened
 * a moment ago comes when it has been fetched; a press of anything else in the meantime is what a person wants instead.
 */
export function goTo(id: string): void {
  forget();
  if (arrive(id)) return;
  const awaited = new MutationObserver(() => {
    if (arrive(id)) forget();
  });
  awaited.observe(document.body, { childList: true, subtree: true });
  const pressed = new AbortController();
  forget = () => {
    awaited.disconnect();
    pressed.abort();
  };
  for (const press of ['pointerdown', 'keydown']) addEventListener(press, forget, { signal: pressed.signal });
}

function arrive(id: string): boolean {
  const element = document.getElementById(id);
  if (!element) return false;
  if (element.parentElement instanceof HTMLDetailsElement) element.parentElement.open = true;
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  scrollTo(element);
  return true;
}
