import { describe, expect, it } from 'vitest';
import { sharedImages } from './overlap.ts';

/** Images of `pixels` bytes that say their numbers. */
const split = (numbers: readonly number[], pixels: number) => ({
  images: Uint8Array.from(
    numbers.flatMap((n) => Array.from({ length: pixels }, (_, i) => (n * 7 + i) & 255)),
  ),
  labels: new Uint8Array(numbers.length),
  count: numbers.length,
});

describe('images in both splits', () => {
  it.each([16, 9])('are counted among the test images, those that occur twice too (%i pixels)', (pixels) => {
    const train = split([1, 2, 3, 4, 4], pixels);
    expect(sharedImages(train, split([4, 9, 4, 2, 8], pixels), pixels)).toBe(3);
    expect(sharedImages(train, split([5, 6], pixels), pixels)).toBe(0);
    expect(sharedImages(train, train, pixels)).toBe(5);
  });
});
