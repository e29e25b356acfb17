import type { Session } from '../../session/session.ts';
import { unended } from './keeper.ts';

/**
 * Asks before a page is closed with training in it: curves are kept, but where the training had come to is lost. A frame
 * does not hold up the page around it.
 */
export function askBeforeLeaving(session: Session): void {
  if (window.parent !== window) return;
  addEventListener('beforeunload', (event) => {
    const state = session.store.getState();
    if (unended(state) && state.status !== 'failed') event.preventDefault();
  });
}
