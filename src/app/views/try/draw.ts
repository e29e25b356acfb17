import type { Dataset } from '../../../data/dataset.ts';
import { DATASETS } from '../../../experiment/datasets.ts';
import { drawCharacter } from '../../asking/character.ts';
import type { Stroke } from './pen.ts';
import { preprocess } from './preprocess.ts';
import { inkOf } from './sheet.ts';

/** Shows the networks what is on the sheet, as their training images were made; nothing where it is empty. */
export function draw(dataset: Dataset, strokes: readonly Stroke[]): void {
  const ink = inkOf(strokes);
  drawCharacter(dataset, ink && preprocess(ink, DATASETS[dataset.id].centred));
}
