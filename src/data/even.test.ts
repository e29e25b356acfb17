import { describe, expect, it } from 'vitest';
import type { Dataset } from './dataset.ts';
import { evenClasses } from './even.ts';

const PIXELS = 4;
const LABELS = [0, 0, 0, 0, 0, 1, 2, 2, 0, 2];
/** Every image says which it is. */
const IMAGES = Uint8Array.from(LABELS.flatMap((_, n) => [n, n, 255, 0]));

const uneven: Dataset = {
  id: 'mnist',
  name: 'MNIST (sample)',
  classes: 4,
  characters: [...'0123'],
  pixels: PIXELS,
  side: 2,
  train: { images: IMAGES, labels: Uint8Array.from(LABELS), count: LABELS.length },
  test: { images: IMAGES, labels: Uint8Array.from(LABELS), count: LABELS.length },
  scale: 1,
  shift: 0,
  digest: '',
  sample: true,
  provenance: { source: 'files', verified: 'unknown', bytes: 0 },
  remarks: [],
};

describe('even classes', async () => {
  const even = await evenClasses(uneven);
  const numbers = Array.from({ length: even.train.count }, (_, n) => even.train.images[n * PIXELS]);

  it('have as many images each, in turn; a class without any stays without', () => {
    expect([...even.train.labels]).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
  });

  it('repeat what is rare, leave out what is common, and keep images with their labels', () => {
    expect(numbers).toEqual([0, 5, 6, 1, 5, 7, 2, 5, 9]);
  });

  it('are standardised anew, and said to be even; test images stay', () => {
    const inputs = [...even.train.images].map((byte) => byte * even.scale + even.shift);
    expect(inputs.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0, 6);
    expect(even.test).toBe(uneven.test);
    expect(even.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(even.name).toBe('MNIST (sample with even classes: 9 train, 10 test)');
  });
});
