export const TILE = 8;

/** Rows and units as they are stored: whole tiles. */
export const padded = (count: number): number => Math.ceil(count / TILE) * TILE;
