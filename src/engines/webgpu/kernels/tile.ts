/**
 * How a product is divided among threads. Every tile sums over the depth in the same order, one term after the other, so
 * that the choice of a tile changes the time and not the sums.
 */

/** Each thread keeps 8 × 8 elements in registers; nothing is shared and there is no barrier. Any shape. */
export interface RegisterTile {
  readonly family: 'register';
}

/**
 * A workgroup computes `rows × columns`, each of its threads `perThread × perThread`. It walks along the depth in blocks
 * of `depth`, which its threads load into workgroup memory together. For graphics cards.
 */
export interface SharedTile {
  readonly family: 'shared';
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly perThread: 4 | 8;
}

export type Tile = RegisterTile | SharedTile;

export const REGISTER_TILE: RegisterTile = { family: 'register' };

const shared = (rows: number, columns: number, depth: number, perThread: 4 | 8): SharedTile => ({
  family: 'shared',
  rows,
  columns,
  depth,
  perThread,
});

/** What a card is tried with: from tiles that reuse most to tiles that give a large card enough workgroups. */
export const TILES: readonly Tile[] = [
  shared(128, 128, 8, 8),
  shared(64, 128, 8, 8),
  shared(64, 64, 16, 8),
  shared(64, 64, 16, 4),
  shared(32, 64, 16, 4),
  shared(32, 32, 32, 4),
  shared(16, 32, 32, 4),
  REGISTER_TILE,
];

/** e.g. "shared 64 × 64, 8 × 8 a thread". */
export function tileName(tile: Tile): string {
  if (tile.family === 'register') return 'register 8 × 8';
  const { rows, columns, depth, perThread } = tile;
  return `shared ${rows} × ${columns} × ${depth}, ${perThread} × ${perThread} a thread`;
}

/** WGSL of a product and how many threads it wants for a batch. */
export interface ProductKernel {
  readonly code: string;
  threads(count: number): readonly [number, number];
}
