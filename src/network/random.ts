/**
 * The one source of randomness.
 *
 * Counter-based: the i-th number of a stream is a hash of (key, i), nothing is carried from one draw to the next.
 * So a shader, a WebAssembly kernel or a Python script can produce the same numbers in any order, and everything
 * here is exact integer arithmetic: no logarithm or cosine whose last bit differs between machines.
 *
 * The mixer is Chris Wellons' `lowbias32` (https://nullprogram.com/blog/2018/07/31/), a bijection of 32-bit words.
 */

/** `lowbias32`: a 32-bit bijection with very low bias. */
export function mix32(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** The two words that select a stream. */
export interface StreamKey {
  readonly a: number;
  readonly b: number;
}

/**
 * The key of the stream that belongs to a seed and a purpose, e.g. `streamKey(7, 'weights', layer)`.
 * Different purposes give unrelated streams; the same arguments always give the same one.
 */
export function streamKey(seed: number, purpose: string, ...indices: number[]): StreamKey {
  let a = mix32(seed ^ 0x9e3779b9);
  let b = mix32(Math.floor(seed / 0x1_0000_0000) ^ a ^ 0x85ebca6b);
  const absorb = (word: number) => {
    a = mix32(a ^ word);
    b = mix32(Math.imul(b, 0x9e3779b1) ^ a);
  };
  for (let i = 0; i < purpose.length; i++) absorb(purpose.charCodeAt(i));
  absorb(0xffff + indices.length);
  for (const index of indices) absorb(index >>> 0);
  return { a, b };
}

/** Word `index` of a stream: `mix32(mix32(index + a) ^ b)`. */
export function wordAt(key: StreamKey, index: number): number {
  return mix32(mix32(index + key.a) ^ key.b);
}

/** Standard deviation of the sum of four independent uniform bytes, √(4 · (256² − 1) / 12). */
export const BYTE_SUM_STD = 147.80053;

/**
 * A nearly normal number of mean 0 and std 1 from ONE word: the sum of its four bytes, centred and scaled.
 * Cheap enough to be drawn per activation inside a kernel; the tails end at ±3.45.
 */
export function roughNormal(word: number): number {
  const sum = (word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24);
  return (sum - 510) / BYTE_SUM_STD;
}

/** Draws in sequence from one stream. */
export class Random {
  private index = 0;
  private readonly key: StreamKey;

  constructor(key: StreamKey) {
    this.key = key;
  }

  /** Shorthand for `new Random(streamKey(…))`. */
  static for(seed: number, purpose: string, ...indices: number[]): Random {
    return new Random(streamKey(seed, purpose, ...indices));
  }

  /** An integer in [0, 2³²). */
  word(): number {
    return wordAt(this.key, this.index++);
  }

  /** A number in [0, 1), a multiple of 2⁻³². */
  uniform(): number {
    return this.word() / 0x1_0000_0000;
  }

  /** An integer in [0, bound), by multiply-shift (bias below bound / 2³²). */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /**
   * Mean 0, std 1: the sum of twelve uniform 16-bit integers (Irwin–Hall), centred, divided by 2¹⁶.
   * Exact on every machine; excess kurtosis −0.1, tails end at ±6.
   */
  normal(): number {
    let sum = 0;
    for (let i = 0; i < 6; i++) {
      const word = this.word();
      sum += (word & 0xffff) + (word >>> 16);
    }
    return (sum - 393_210) / 65_536;
  }

  /** A random permutation of 0 … count − 1 (Fisher–Yates). */
  permutation(count: number): Uint32Array {
    const order = new Uint32Array(count);
    for (let i = 0; i < count; i++) order[i] = i;
    for (let i = count - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }
}
