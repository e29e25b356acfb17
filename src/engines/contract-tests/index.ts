/**
 * The tests every engine passes. Call `describeEngine` from the engine's own test file.
 *
 * Each case runs the same work on the engine and on the reference engine and compares (`close.ts` says how near).
 */
import { describe } from 'vitest';
import type { Engine } from '../contract.ts';
import { hidesNothing } from './broken.ts';
import { exchanges } from './exchange.ts';
import { infers } from './inference.ts';
import { trainsLocally } from './local.ts';
import { canBeLookedInto } from './looking.ts';
import { standsInTheMiddle } from './middle.ts';
import { pairFor } from './pair.ts';
import { refuses } from './refusals.ts';
import { sharesParameters } from './sharded.ts';
import { keepsItsState } from './state.ts';
import { swapsLabels } from './swapped-labels.ts';

const PARTS = [
  trainsLocally,
  exchanges,
  standsInTheMiddle,
  infers,
  canBeLookedInto,
  swapsLabels,
  keepsItsState,
  hidesNothing,
  sharesParameters,
  refuses,
];

export function describeEngine(name: string, create: () => Promise<Engine>): void {
  describe(`engine ${name} keeps the contract`, () => {
    const pair = pairFor(create);
    for (const part of PARTS) part(pair);
  });
}
