/** What later partitions train on, in the order in which choices are listed: a file and a line each. */
import type { MixInfo } from './mixes/mix.ts';
import { mixtures } from './mixes/mixtures.ts';
import { pure } from './mixes/pure.ts';

export const MIXES = { pure, mixtures } satisfies Readonly<Record<string, MixInfo>>;
export type Mix = keyof typeof MIXES;

export const MIX_IDS = Object.keys(MIXES) as readonly Mix[];
