/** How the pictures of files lie, and what is to be said of that: as a person says, as they show, or as the set's own do. */
import type { Said } from '../messages/worded.ts';
import { SIDE, type CatalogueEntry } from './catalogue.ts';
import type { SplitData } from './dataset.ts';
import { remark } from './errors.ts';
import { compareWithCharacters } from './likeness.ts';
import { sameOrientation, TRANSPOSED, UPRIGHT, type Orientation } from './orientation.ts';

interface Lie {
  readonly orientation: Orientation;
  /** Nobody need be asked. */
  readonly sure: boolean;
  /** They look like the characters of their labels. */
  readonly known: boolean;
}

/**
 * @param stored Training images as they lie in the file.
 * @param said How a person says that they lie.
 */
export function howTheyLie(
  { label, transposed, characters }: CatalogueEntry,
  stored: Uint8Array,
  labels: Uint8Array,
  file: string,
  { said, remarks }: { readonly said: Orientation | undefined; readonly remarks: Said[] },
): Lie {
  const usual = transposed ? TRANSPOSED : UPRIGHT;
  if (labels.length !== stored.length / SIDE ** 2)
    return { orientation: said ?? usual, sure: true, known: false };
  const { orientation, shows, sure } = compareWithCharacters(stored, labels, SIDE, characters);
  const known = shows !== 'others' && sure;
  if (shows === 'inverted') remarks.push(remark('dark-on-light', file, label));
  if (said) {
    const away = known && !sameOrientation(orientation, said);
    if (away) remarks.push(remark('turned-away', file, label));
    return { orientation: said, sure: true, known: known && !away };
  }
  if (shows === 'others') remarks.push(remark('unlike-characters', file, label));
  else if (!sure) remarks.push(remark('orientation-unclear', file, label));
  else if (!sameOrientation(orientation, usual)) remarks.push(remark('lies-otherwise', file, label));
  return { orientation: sure ? orientation : usual, sure, known };
}

/** Fewer look like little, whatever they are. */
const ENOUGH = 100;

/** What test images show that lie as training images do, which look like their characters. */
export function remarkOnTest(
  { characters }: CatalogueEntry,
  { images, labels, count }: SplitData,
  files: {
    readonly 'test-images': { readonly name: string };
    readonly 'test-labels': { readonly name: string };
  },
  remarks: Said[],
): void {
  if (count < ENOUGH) return;
  const { orientation, shows, sure } = compareWithCharacters(images, labels, SIDE, characters);
  const [pictures, named] = [files['test-images'].name, files['test-labels'].name];
  if (shows === 'others') remarks.push(remark('labels-of-others', pictures, named));
  else if (sure && !sameOrientation(orientation, UPRIGHT))
    remarks.push(remark('tests-lie-otherwise', pictures));
}
