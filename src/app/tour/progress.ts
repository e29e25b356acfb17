/** How far someone is in the tour; remembered between visits. */
import { create } from 'zustand';
import { decode, without } from '../../experiment/link.ts';
import { handOn, mainPlace } from '../controls/hand-on.ts';
import type { Guess } from './guesses.ts';
import { STEPS } from './steps.ts';

interface TourState {
  /** Index of the step that is shown; null while the tour is closed. */
  readonly step: number | null;
  /** Where to go on: a step, 'done', or null on a first visit. */
  readonly kept: number | 'done' | null;
  /** What someone expected before the result was shown. */
  readonly guess: Guess | null;
}

const KEY = 'piecewise-tour';

export const useTour = create<TourState>()(() => ({
  step: null,
  kept: stored(),
  guess: null,
}));

function stored(): TourState['kept'] {
  try {
    const value = localStorage.getItem(KEY);
    if (value === 'done') return value;
    const step = value === null ? NaN : Number(value);
    return Number.isInteger(step) && step >= 0 && step < STEPS.length ? step : null;
  } catch {
    return null;
  }
}

function remember(kept: NonNullable<TourState['kept']>): void {
  useTour.setState({ kept });
  try {
    localStorage.setItem(KEY, String(kept));
  } catch {
    // Without storage it is remembered as long as the page.
  }
}

export function goTo(step: number): void {
  useTour.setState({ step });
  remember(step);
}

/** Closed on the way, it can be gone on with; at the end it is done. */
export function closeTour(): void {
  const { step } = useTour.getState();
  useTour.setState({ step: null });
  handOn(() => document.getElementById('tour-button'), mainPlace);
  if (step === STEPS.length - 1) remember('done');
}

/** Takes `tour=3` out of the address, so that it is not passed on with later links. */
export function openLinkedStep(): void {
  const { extras } = decode(location.hash);
  const step = Number(extras.tour) - 1;
  if (extras.tour === undefined) return;
  history.replaceState(null, '', `#${without(location.hash.slice(1), 'tour')}`);
  if (Number.isInteger(step) && step >= 0 && step < STEPS.length) useTour.setState({ step });
}
