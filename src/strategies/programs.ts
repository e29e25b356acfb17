/** Every program a rank can be asked to run, by name. Workers import this; the page only its type. */
import { evaluateChain } from './chain.ts';
import { joinParameters, sendParameters } from './local/join.ts';
import { trainLocal } from './local/train.ts';

export const PROGRAMS = { trainLocal, evaluateChain, sendParameters, joinParameters } as const;
export type Programs = typeof PROGRAMS;
