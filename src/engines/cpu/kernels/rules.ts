/** Numbers that name what becomes of a gradient. Read by the engine as well, so that both sides mean the same. */

/** Add to a gradient buffer instead of updating (exchange training). */
export const ACCUMULATE = 0;
export const SGD = 1;
export const MOMENTUM = 2;
export const ADAM = 3;
export const ADAMW = 4;
export const LION = 5;
