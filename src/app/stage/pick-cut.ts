/** The place of the cut to go to from the one at `at`; `at` is −1 where none has the focus. At either end it goes round. */
export const cutBeside = (at: number, by: 1 | -1, count: number): number =>
  at < 0 && by < 0 ? count - 1 : (at + by + count) % count;

/** Gives the focus to the next cut or the one before. */
export function pickCut(by: 1 | -1): void {
  const cuts = [...document.querySelectorAll<HTMLElement>('#cuts [role="slider"]')];
  const at = cuts.findIndex((cut) => cut === document.activeElement);
  if (cuts.length > 0) cuts[cutBeside(at, by, cuts.length)].focus();
}
