/** What lies open beside or over the page, and whether the view has the network's place. Not in the link: looks, no settings. */
import { create } from 'zustand';
import { handOn, mainPlace } from '../controls/hand-on.ts';

export type Section = 'start' | 'data' | 'strategies' | 'layers' | 'training' | 'labels' | 'weights' | 'more';

interface Panes {
  /** The settings: shut, or open at a section (null where none is unfolded), and at the field of a label. */
  readonly settings: false | { readonly section: Section | null; readonly field?: string | undefined };
  readonly dialog: 'keys' | 'machine' | 'search' | null;
  /** Whether the open view is enlarged. */
  readonly enlarged: boolean;
}

export const usePanes = create<Panes>()(() => ({ settings: false, dialog: null, enlarged: false }));

export const openSettings = (section: Section | null = null, field?: string): void =>
  usePanes.setState({ settings: { section, field } });
export function shutSettings(): void {
  usePanes.setState({ settings: false });
  handOn(() => document.getElementById('settings-button'), mainPlace);
}
export const openDialog = (dialog: Panes['dialog']): void => usePanes.setState({ dialog });
export const enlarge = (enlarged: boolean): void => usePanes.setState({ enlarged });
