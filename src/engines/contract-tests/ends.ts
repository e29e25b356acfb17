/** The sources and objectives that the cases have: every kind of either, made from fixed seeds. */
import { initialParameters } from '../../network/initialise.ts';
import { Random, streamKey } from '../../network/random.ts';
import { denseNetwork } from '../../network/spec.ts';
import type { FixedLayers, LabelTable, Objective, Source } from '../contract.ts';
import { labelObjective } from '../ends.ts';

export type Feed = 'images' | 'labels' | 'noisy labels' | 'fixed layers' | 'swapped labels over layers';

export type Aim =
  'classes' | 'labels' | 'labels, summed' | 'labels and classes' | 'fixed layers' | 'labels over layers';

/** Of images that go through fixed layers first. */
export const PIXELS = 10;

/** A table of label vectors of std 1. */
export function randomTable(classes: number, width: number, seed: number): LabelTable {
  const random = Random.for(seed, 'test-table');
  return { classes, width, values: Float32Array.from({ length: classes * width }, () => random.normal()) };
}

/** Two of them, the first with the widths that stages seldom have. */
export function fixedLayers(inputs: number, outputs: number): FixedLayers {
  const layers = denseNetwork(inputs, [13, 'ln'], outputs, 'relu');
  return { layers, parameters: initialParameters(layers, 17) };
}

/** @param width Of the stage's input. */
export function sourceOf(feed: Feed, classes: number, width: number): Source {
  const read = { scale: 1 / 80, shift: -1.5 };
  const noiseKey = streamKey(11, 'noise', 1);
  const table = () => randomTable(classes, width, 3);
  const fixed = fixedLayers(PIXELS, width);
  switch (feed) {
    case 'images':
      return { kind: 'images', pixels: width, ...read };
    case 'labels':
      return { kind: 'labels', table: table(), noise: 0, noiseKey };
    case 'noisy labels':
      return { kind: 'labels', table: table(), noise: 0.5, noiseKey };
    case 'fixed layers':
      return { kind: 'fixed', pixels: PIXELS, ...read, fixed, noise: 0.25, noiseKey };
    case 'swapped labels over layers':
      return {
        ...{ kind: 'fixed', pixels: PIXELS, ...read, noise: 0.25, noiseKey },
        fixed: { ...fixed, table: table() },
        swap: { share: 0.6, key: streamKey(11, 'swap', 1) },
      };
  }
}

/**
 * @param width Of the stage's output.
 * @param seen What fixed layers take: the images where the stage's own input is made of these, else that input.
 */
export function objectiveOf(aim: Aim, classes: number, width: number, seen: number): Objective {
  const table = () => randomTable(classes, width, 4);
  const scale = 1 / width;
  // Soft enough that every class has a part in the gradient.
  const sharpness = 2 / width;
  switch (aim) {
    case 'classes':
      return { kind: 'classes', classes: width };
    case 'labels':
      return labelObjective(table(), { scale, weight: 0, sharpness });
    case 'labels, summed':
      return labelObjective(table(), { scale: 1, weight: 0, sharpness });
    case 'labels and classes':
      return labelObjective(table(), { scale, weight: 0.5, sharpness });
    case 'fixed layers':
      return { kind: 'fixed', fixed: fixedLayers(seen, width), scale };
    case 'labels over layers':
      return { kind: 'fixed', fixed: { ...fixedLayers(seen, width), table: table() }, scale };
  }
}
