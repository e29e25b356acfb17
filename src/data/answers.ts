/** What files under names of their own leave open, and what a person answers. */
import type { DatasetId } from '../experiment/datasets.ts';
import type { Orientation } from './orientation.ts';

/** `roles`: which trains; `pairs`: which labels belong to which pictures; `set`: which data set; `upright`: which way is up. */
export type Guess = 'roles' | 'pairs' | 'set' | 'upright';

export interface Answers {
  readonly set?: DatasetId | undefined;
  /** Train on what would test, and test on what would train. */
  readonly swap?: boolean | undefined;
  /** The other labels to each pictures; only where `pairs` is open. */
  readonly exchange?: boolean | undefined;
  readonly orientation?: Orientation | undefined;
  /** Names of the files to train on, pictures and labels: settles which trains and which labels belong to which. */
  readonly trainFiles?: readonly string[] | undefined;
}

/** How dropped files were understood. */
export interface Understood {
  /** What was guessed, since neither names nor counts nor pictures say it. Nothing is asked where it is empty. */
  readonly guessed: readonly Guess[];
  readonly orientation: Orientation;
}
