/** Which letters of a picture can be read: those that lie on no other one. */

/** Pixels that a letter takes. */
const LETTER = { width: 13, height: 15 };

/**
 * @param places `[letters, 2]`, in pixels.
 * @param first One that is to be read whatever lies beside it.
 * @returns For each whether it is drawn: the earlier one of two that would lie on each other.
 */
export function apart(places: ArrayLike<number>, first: number | null): boolean[] {
  const count = Math.floor(places.length / 2);
  const drawn = Array.from({ length: count }, () => false);
  const free = (one: number) =>
    drawn.every(
      (there, other) =>
        !there ||
        Math.abs(places[2 * one] - places[2 * other]) >= LETTER.width ||
        Math.abs(places[2 * one + 1] - places[2 * other + 1]) >= LETTER.height,
    );
  const order = Array.from({ length: count }, (_, index) => index);
  if (first !== null) order.unshift(first);
  for (const one of order) drawn[one] ||= free(one);
  return drawn;
}
