import { closeTour, useTour } from '../tour/progress.ts';
import { enlarge, shutSettings, usePanes } from './panes.ts';

/** Closes what lies on top: the tour, the settings, the enlarged view. */
export function closeTop(): void {
  const { settings, enlarged } = usePanes.getState();
  if (useTour.getState().step !== null) closeTour();
  else if (settings !== false) shutSettings();
  else if (enlarged) enlarge(false);
}
