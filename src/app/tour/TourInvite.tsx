import { useTheSession } from '../store/context.tsx';
import shell from '../shell/shell.module.css';
import { shellText } from '../text/shell.ts';
import { tourText as text } from '../text/tour.ts';
import { declineTour, goTo, useTour } from './progress.ts';
import { STEPS } from './steps.ts';

/** Begins the tour, or goes on with it. */
export function useStartTour(): () => void {
  const session = useTheSession();
  return () => {
    const { kept } = useTour.getState();
    const step = typeof kept === 'number' ? kept : 0;
    goTo(step);
    if (step === 0) STEPS[0].act?.(session.actions, session.store.getState());
  };
}

/** On a first visit, and never again once it was declined or done. */
export function TourInvite() {
  const { step, kept } = useTour();
  const start = useStartTour();
  if (step !== null || kept === 'never' || kept === 'done') return null;
  return (
    <section data-screen="" aria-label={text.label} className={shell.notices}>
      <p className={shell.notice}>
        <span>
          <strong>{shellText.tagline}</strong> {text.invite}
        </span>
        <button type="button" className="button" onClick={start}>
          {kept === null ? text.start : text.resume}
        </button>
        <button type="button" className="button" onClick={declineTour}>
          {text.never}
        </button>
      </p>
    </section>
  );
}
