/** Bounds that keep any link openable on any machine. */
export const LIMITS = {
  /** Hidden layers. */
  layers: 12,
  /** Units of a hidden layer. */
  width: 8192,
  /** Parameters of the whole network: 64 Mi, 256 MiB of weights, 1 GiB with gradients and Adam's moments. */
  parameters: 64 * 1024 * 1024,
  /** Six partitions. */
  cuts: 5,
  /** Threads of a device. */
  threads: 64,
  /** Characters of a link's fragment. Recordings may be long; nothing of ours is longer. */
  fragment: 100_000,
} as const;
