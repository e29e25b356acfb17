/** Whole blocks of vectors of four numbers. */

export function copy(to: usize, from: usize, vectors: i32): void {
  memory.copy(to, from, (<usize>vectors) << 4);
}

/** Fills with zeros. */
export function clear(at: usize, vectors: i32): void {
  memory.fill(at, 0, (<usize>vectors) << 4);
}
