/** Lets drawings through one at a time: a chart takes tens of milliseconds, and clicks and devices' messages go first. */

export interface Clock {
  /** Milliseconds. */
  now(): number;
  /** Runs in so many milliseconds; the result takes it back. */
  later(run: () => void, ms: number): () => void;
  /** Runs when the frame that shows what was just drawn is on the screen. */
  afterFrame(run: () => void): void;
}

/** One drawing's way through the gate. */
export interface Entry {
  /** Asks to be drawn; asked again before its turn, it is drawn once. */
  ask(): void;
  /** Says that what was let through has been drawn. */
  drawn(): void;
  leave(): void;
}

/** Five redraws a second look live. */
export const INTERVAL_MS = 200;
/** Where a redraw is slow, at most a fifth of the page's time goes into it. */
export const SHARE = 5;

interface Waiting {
  readonly draw: () => void;
  began: number;
  /** When it may be drawn again. */
  due: number;
}

/** @returns What gives each drawing its entry; `draw` runs when it is its turn. */
export function createGate({ now, later, afterFrame }: Clock): (draw: () => void) => Entry {
  const queue: Waiting[] = [];
  let inFrame = false;
  let cancel = (): void => {};

  const next = (): void => {
    cancel();
    if (inFrame || queue.length === 0) return;
    cancel = later(pass, Math.max(0, Math.min(...queue.map(({ due }) => due)) - now()));
  };

  const pass = (): void => {
    const at = now();
    // Of those that may, the one that has asked first.
    const index = queue.findIndex(({ due }) => due <= at);
    if (index < 0) return next();
    const [one] = queue.splice(index, 1);
    one.began = at;
    one.due = at + INTERVAL_MS;
    inFrame = true;
    one.draw();
    afterFrame(() => {
      inFrame = false;
      next();
    });
  };

  return (draw) => {
    const one: Waiting = { draw, began: -Infinity, due: -Infinity };
    return {
      ask() {
        if (!queue.includes(one)) queue.push(one);
        next();
      },
      drawn() {
        // What was there at the beginning was not let through.
        if (one.began === -Infinity) return;
        const ended = now();
        one.due = Math.max(one.due, ended + (SHARE - 1) * (ended - one.began));
      },
      leave() {
        const index = queue.indexOf(one);
        if (index >= 0) queue.splice(index, 1);
        next();
      },
    };
  };
}
