/** The eight ways in which square pictures may lie in a file, and how to put them upright. */

/** How stored pictures become upright: mirrored left to right if so, then turned clockwise by so many degrees. */
export interface Orientation {
  readonly mirror: boolean;
  readonly turn: 0 | 90 | 180 | 270;
}

export const UPRIGHT: Orientation = { mirror: false, turn: 0 };
/** Columns where rows belong, as NIST stores EMNIST. */
export const TRANSPOSED: Orientation = { mirror: true, turn: 270 };

export const TURNS = [0, 90, 180, 270] as const;

export const ORIENTATIONS: readonly Orientation[] = TURNS.flatMap((turn) => [
  { mirror: false, turn },
  { mirror: true, turn },
]);

export const sameOrientation = (a: Orientation, b: Orientation): boolean =>
  a.mirror === b.mirror && a.turn === b.turn;

/** What is shown, turned clockwise by a quarter. */
export const turned = ({ mirror, turn }: Orientation): Orientation => ({
  mirror,
  turn: TURNS[(turn / 90 + 1) % 4],
});

/** What is shown, mirrored left to right: a turn before a mirror is the other turn behind it. */
export const mirrored = ({ mirror, turn }: Orientation): Orientation => ({
  mirror: !mirror,
  turn: TURNS[(4 - turn / 90) % 4],
});

type Step = 'mirror' | 'transpose' | 'reverse';

const STEPS: { readonly [Turn in Orientation['turn']]: readonly Step[] } = {
  0: [],
  90: ['transpose', 'mirror'],
  180: ['reverse'],
  270: ['mirror', 'transpose'],
};

function stepsOf({ mirror, turn }: Orientation): readonly Step[] {
  if (!mirror) return STEPS[turn];
  // Mirrored twice is not mirrored: EMNIST's 547 MB are gone through once.
  return STEPS[turn][0] === 'mirror' ? STEPS[turn].slice(1) : ['mirror', ...STEPS[turn]];
}

/** Puts images `[count, side, side]` upright where they lie. */
export function orient(images: Uint8Array, side: number, orientation: Orientation): void {
  const pixels = side * side;
  for (const step of stepsOf(orientation)) {
    if (step === 'transpose') transpose(images, side);
    else {
      const run = step === 'mirror' ? side : pixels;
      for (let start = 0; start < images.length; start += run) images.subarray(start, start + run).reverse();
    }
  }
}

function transpose(images: Uint8Array, side: number): void {
  const pixels = side * side;
  for (let start = 0; start < images.length; start += pixels) {
    for (let row = 0; row < side; row++) {
      for (let column = row + 1; column < side; column++) {
        const here = start + row * side + column;
        const there = start + column * side + row;
        const pixel = images[here];
        images[here] = images[there];
        images[there] = pixel;
      }
    }
  }
}
