/** What lies open beside or over the page, and whether the view has the network's place. Not in the link: looks, no settings. */
import { create } from 'zustand';
import { handOn, mainPlace } from '../controls/hand-on.ts';

export type Section = 'start' | 'data' | 'strategies' | 'layers' | 'training' | 'labels' | 'weights' | 'more';

/** What a presentation speaks of, in order. */
export const STOPS = ['question', 'drawing', 'rows', 'accuracy', 'memory', 'sent', 'verdict'] as const;
export type Stop = (typeof STOPS)[number];

interface Panes {
  /** The settings: shut, or open at a section (null where none is unfolded), and at the field of a label. */
  readonly settings: false | { readonly section: Section | null; readonly field?: string | undefined };
  readonly dialog: 'keys' | 'machine' | 'search' | null;
  /** Whether the open view is enlarged. */
  readonly enlarged: boolean;
  /** Which stop of the presentation is shown; null while nothing is presented. */
  readonly presenting: Stop | null;
}

export const usePanes = create<Panes>()(() => ({
  settings: false,
  dialog: null,
  enlarged: false,
  presenting: null,
}));

export const openSettings = (section: Section | null = null, field?: string): void =>
  usePanes.setState({ settings: { section, field } });
export function shutSettings(): void {
  usePanes.setState({ settings: false });
  handOn(() => document.getElementById('settings-button'), mainPlace);
}
export const openDialog = (dialog: Panes['dialog']): void => usePanes.setState({ dialog });
export const enlarge = (enlarged: boolean): void => usePanes.setState({ enlarged });

/** Below this there is no room for letters to be read from afar. */
const WIDE = '(min-width: 42.01rem)';

export function present(stop: Stop | null): void {
  if (stop !== null && !matchMedia(WIDE).matches) return;
  usePanes.setState(stop === null ? { presenting: null } : { presenting: stop, settings: false });
  if (stop === null) handOn(mainPlace);
}
