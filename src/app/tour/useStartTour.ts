import { useTheSession } from '../store/context.tsx';
import { actFor } from './before.ts';
import { goTo, useTour } from './progress.ts';
import { STEPS } from './steps.ts';

/** Begins the tour, or goes on with it. */
export function useStartTour(): () => void {
  const session = useTheSession();
  return () => {
    const { kept } = useTour.getState();
    const step = typeof kept === 'number' ? kept : 0;
    goTo(step);
    if (step === 0) actFor(session, STEPS[0].act);
  };
}
