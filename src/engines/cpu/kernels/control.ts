/**
 * What threads that share a kernel's work tell each other by: a block of linear memory below the kernels' constants
 * (`--memoryBase`). Words that several threads write stand on cache lines of their own.
 */

/** As many threads as can share: a line each in `QUEUES`. */
export const MOST_THREADS: i32 = 64;

/** Rises by one with every job. */
export const JOB: usize = 1024;
/** Pieces of the job that helpers have done; less than 0 where one has failed. */
export const DONE: usize = JOB + 64;
/** What the shares return, added up. */
export const SUM: usize = JOB + 128;
/** Which kernel, how many of its items are a piece, how many pieces there are, and how many threads share them. */
export const KERNEL: usize = JOB + 192;
export const TOGETHER: usize = KERNEL + 4;
export const PIECES: usize = KERNEL + 8;
export const THREADS: usize = KERNEL + 12;
/** The kernel's arguments in the order of its parameters, eight bytes each: 24 at most. */
export const ARGUMENTS: usize = JOB + 256;
/** A queue for each thread: how many of its pieces nobody has taken yet. */
export const QUEUES: usize = JOB + 512;
