import { tourText as text } from '../text/tour.ts';
import { useTour } from '../tour/progress.ts';
import { useStartTour } from '../tour/TourInvite.tsx';

/** Begins the tour, or goes on with it. */
export function TourButton() {
  const open = useTour((state) => state.step !== null);
  const start = useStartTour();
  return (
    <button type="button" className="button" disabled={open} onClick={start}>
      {text.button}
    </button>
  );
}
