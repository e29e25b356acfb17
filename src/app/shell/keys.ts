/** Which key presses are the page's own, and whether a person wants them. */
import { VIEWS, type ViewId } from '../view.ts';

export type PageKey =
  | 'pad'
  | 'play'
  | 'step'
  | 'reset'
  | 'list'
  | 'undo'
  | 'redo'
  | 'search'
  | 'settings'
  | 'enlarge'
  | 'present'
  | 'cutBefore'
  | 'cutAfter'
  | 'close'
  | ViewId;

const KEYS: Readonly<Record<string, PageKey>> = {
  ' ': 'play',
  '.': 'step',
  r: 'reset',
  R: 'reset',
  d: 'pad',
  D: 'pad',
  '?': 'list',
  '/': 'search',
  ',': 'settings',
  e: 'enlarge',
  E: 'enlarge',
  p: 'present',
  P: 'present',
  '[': 'cutBefore',
  ']': 'cutAfter',
  Escape: 'close',
  ...Object.fromEntries(VIEWS.map((view, index) => [`${index + 1}`, view])),
};

/** What has the focus, as far as keys are concerned. */
export type Focus = 'page' | 'control' | 'cut' | 'text';

/** Where a key press goes: text fields keep every key, buttons and links only the space bar; from a cut one goes on to the next. */
export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return 'page';
  // A checkbox or radio button is no text field; a list answers to letters, a slider and a dialog to keys of their own.
  if (target.closest('input[type="checkbox"], input[type="radio"]')) return 'control';
  if (target.closest('#cuts [role="slider"]')) return 'cut';
  if (target.closest('input, select, textarea, dialog, [popover], [role="slider"]')) return 'text';
  return target.closest('button, a, summary, label') ? 'control' : 'page';
}

/** The page's answer to a key, or null where it is not for the page. */
export function pageKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'>,
  focus: Focus,
): PageKey | null {
  const back = backOrForth(event);
  if (back) return focus === 'text' ? null : back;
  if (isSearch(event)) return 'search';
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || focus === 'text') return null;
  if (focus === 'control' && event.key === ' ') return null;
  const key = KEYS[event.key] ?? null;
  return focus === 'cut' && key !== 'cutBefore' && key !== 'cutAfter' ? null : key;
}

/** Ctrl+K or ⌘K, from text fields as well. */
const isSearch = (
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'>,
): boolean =>
  event.ctrlKey !== event.metaKey &&
  !event.altKey &&
  !event.shiftKey &&
  !event.repeat &&
  event.key.toLowerCase() === 'k';

/** Ctrl+Z or ⌘Z, and with Shift, or as Ctrl+Y, the other way; with another key held besides, it means something else. */
function backOrForth(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'repeat'>,
): 'undo' | 'redo' | null {
  if (event.ctrlKey === event.metaKey || event.altKey || event.repeat) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && event.ctrlKey && !event.shiftKey ? 'redo' : null;
}

const STORED = 'piecewise-keys';

/** Single keys can be in the way of speech input, so they can be switched off. */
export function keysWanted(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

export function wantKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, 'off');
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
