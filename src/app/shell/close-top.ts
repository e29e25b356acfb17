import { closeTour, useTour } from '../tour/progress.ts';
import { enlarge, present, shutSettings, usePanes } from './panes.ts';

/** Closes what lies on top: the tour, the settings, the presentation, the enlarged view. */
export function closeTop(): void {
  const { settings, enlarged, presenting } = usePanes.getState();
  if (useTour.getState().step !== null) closeTour();
  else if (settings !== false) shutSettings();
  else if (presenting !== null) present(null);
  else if (enlarged) enlarge(false);
}
