/** Milliseconds in which a scroll that was asked for comes to its end. */
const AT_MOST_MS = 3000;

/** Scrolls to an element: gliding, unless a person wants less motion. */
export function scrollTo(element: Element): void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
  // Parts on the way get their true height only as they come into sight: at the end it may be a little further.
  addEventListener('scrollend', () => element.scrollIntoView({ block: 'start' }), {
    once: true,
    signal: AbortSignal.timeout(AT_MOST_MS),
  });
}
