/** Every program a rank can be asked to run, by name. Workers import this; the page only its type. */
import { evaluateChain } from './chain/evaluate.ts';
import { evaluateReplica } from './data-parallel/evaluate.ts';
import { trainReplica } from './data-parallel/train.ts';
import { evaluateDenoising } from './denoising/evaluate.ts';
import { trainDenoising } from './denoising/train.ts';
import { evaluateSharded } from './fsdp/evaluate.ts';
import { keepShards } from './fsdp/shards.ts';
import { trainSharded } from './fsdp/train.ts';
import { forgetActivations, giveActivations, takeActivations } from './hand-off/hand-over.ts';
import { trainHandOff } from './hand-off/train.ts';
import { evaluateFrozen, holdFront, trainFrozen } from './frozen/train.ts';
import { joinParameters, sendParameters } from './local/join.ts';
import { trainLocalLosses } from './local-losses/train.ts';
import { trainLocal } from './local/train.ts';
import { trainStaged } from './staged/train.ts';

export const PROGRAMS = {
  trainLocal,
  trainStaged,
  trainLocalLosses,
  trainHandOff,
  giveActivations,
  takeActivations,
  forgetActivations,
  trainReplica,
  trainSharded,
  trainFrozen,
  trainDenoising,
  holdFront,
  evaluateSharded,
  keepShards,
  evaluateFrozen,
  evaluateDenoising,
  evaluateChain,
  evaluateReplica,
  sendParameters,
  joinParameters,
} as const;
export type Programs = typeof PROGRAMS;
