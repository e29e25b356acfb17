/** What someone may expect of a network that was trained in pieces. */
export const GUESSES = ['level', 'close', 'far'] as const;
export type Guess = (typeof GUESSES)[number];
