/** The character that trained networks are asked about: one for the whole page, drawn or picked. */
import { create } from 'zustand';
import type { Dataset } from '../../data/dataset.ts';

export interface Shown {
  /** Bytes, as the training images have them. */
  readonly pixels: Uint8Array;
  /** Its class; null where someone drew it. */
  readonly truth: number | null;
  /** Distinct for every character shown. */
  readonly key: number;
}

interface Chosen {
  readonly shown: Shown | null;
  /** The data set it belongs to. */
  readonly of: string;
  /** Test images picked so far. */
  readonly picks: number;
}

const useChosen = create<Chosen>()(() => ({ shown: null, of: '', picks: 0 }));
let keys = 0;

/** The character someone drew or picked while this data set was there; null before. */
export const useCharacter = (dataset: Dataset | null): Shown | null =>
  useChosen(({ shown, of }) => (dataset && of === dataset.name ? shown : null));

/** @param pixels Null where the sheet is empty again. */
export function drawCharacter(dataset: Dataset, pixels: Uint8Array | null): void {
  useChosen.setState({ shown: pixels && { pixels, truth: null, key: ++keys }, of: dataset.name });
}

/** Another test image. */
export function pickCharacter(dataset: Dataset): void {
  useChosen.setState(({ picks }) => ({
    shown: { ...testCharacter(dataset, picks + 1), key: ++keys },
    of: dataset.name,
    picks: picks + 1,
  }));
}

/** The test image of a turn. Any step that shares no factor with the number of images comes by every one of them. */
export function testCharacter({ test, pixels }: Dataset, turn: number): Omit<Shown, 'key'> {
  const index = (turn * 7919) % test.count;
  return { pixels: test.images.slice(index * pixels, (index + 1) * pixels), truth: test.labels[index] };
}
