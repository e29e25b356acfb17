/** The two numbers that turn a pixel's byte into a network's input. */
import { DataError } from './errors.ts';

/**
 * `byte · scale + shift` has mean 0 and std 1 over all bytes of `images`.
 * Sums are exact: integers, and below 2⁵³ for every data set here (547 million bytes · 255² = 3.6·10¹³).
 */
export function standardise(images: Uint8Array, file: string): { scale: number; shift: number } {
  const histogram = new Float64Array(256);
  for (let i = 0; i < images.length; i++) histogram[images[i]]++;
  let sum = 0;
  let squares = 0;
  for (let byte = 0; byte < 256; byte++) {
    sum += byte * histogram[byte];
    squares += byte * byte * histogram[byte];
  }
  const mean = sum / images.length;
  const std = Math.sqrt(squares / images.length - mean * mean);
  if (!(std > 0)) {
    throw new DataError('blank', file, images[0]);
  }
  return { scale: 1 / std, shift: -mean / std };
}
