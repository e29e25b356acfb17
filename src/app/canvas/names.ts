/** Names along an edge of a picture, a row or column of it each, in letters of one size however close they stand. */

/** Pixels: of the letters, and what one of them takes. */
const LETTERS = 13;
export const NAME_HEIGHT = 14;

export const NAMES_FONT = `${LETTERS}px system-ui, sans-serif`;

export interface Lanes {
  /** As many beside each other as it takes that none lies on its neighbour. */
  readonly count: number;
  /** Pixels that all of them take. */
  readonly room: number;
}

/** @param apart Pixels from one name to the next. */
export function lanesFor(apart: number): Lanes {
  const count = Math.max(1, Math.ceil(NAME_HEIGHT / apart));
  return { count, room: count * NAME_HEIGHT + 4 };
}

/** Pixels from the picture's edge to the middle of a name: neighbours take turns. */
export const middleOf = (index: number, { count, room }: Lanes): number =>
  room - 4 - NAME_HEIGHT / 2 - (index % count) * NAME_HEIGHT;
